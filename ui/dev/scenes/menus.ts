// The drawer with a menu open, and what its quick clicks do.
import { menuIsOpen, openCopy, openMenu, row } from '../interactions';
import { counts } from '../healthy';
import { DEPARTMENTS, SIDES } from '../people';
import { NARROW_DRAWER, ZOOMED, type Scenes } from '../scene';

export const MENUS = {
  menu: { view: {}, zooms: ZOOMED, prepare: (page) => openMenu(page, 'Tomás Ibarra') },
  menuNarrow: { view: {}, size: NARROW_DRAWER, prepare: (page) => openMenu(page, 'Tomás Ibarra') },
  menuCopy: {
    view: {},
    prepare: async (page) => {
      await openMenu(page, 'Tomás Ibarra');
      await openCopy(page);
    },
  },
  menuRefused: { view: {}, prepare: (page) => openMenu(page, 'Anders Dahl') },
  sidesMenu: { view: {}, favourites: [], everyone: SIDES, prepare: (page) => openMenu(page, 'i.novak') },
  departmentsMenu: {
    view: { counts: counts(300, 4812, { grouped: true }) },
    departments: DEPARTMENTS,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  pauseMenu: {
    view: {},
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Pause sync' }).click();
      await menuIsOpen(page);
    },
  },
  copied: {
    view: {},
    prepare: async (page) => {
      await page.evaluate(() => Object.assign(navigator.clipboard, { writeText: () => Promise.resolve() }));
      await openMenu(page, 'Mei-Ling Zhao');
      await openCopy(page);
      await page.keyboard.press('Enter');
      await row(page, 'Mei-Ling Zhao').getByText('Number copied').waitFor();
    },
  },
  called: {
    view: {},
    prepare: async (page) => {
      const above = row(page, 'Mei-Ling Zhao');
      const under = row(page, 'Adaeze Nwosu');
      await under.hover();
      const before = [await above.boundingBox(), await under.boundingBox()];
      await page.getByRole('button', { name: 'Call Adaeze Nwosu' }).dblclick();
      await page.getByRole('button', { name: 'Hang up' }).waitFor();
      await page.waitForTimeout(100);
      const after = [await above.boundingBox(), await under.boundingBox()];
      const asked = await page.title();
      if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error('a row has moved under the pointer');
      if (!asked.includes('"call"')) throw new Error(`a double click on Call has asked for more: ${asked}`);
    },
  },
} satisfies Scenes;

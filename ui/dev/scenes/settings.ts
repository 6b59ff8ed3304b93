// The pages with settings, in each state that they can be in.
import { STATES } from '../settingsPages';
import type { Controls } from '../../src/bindings/Controls';
import { SMALL_WINDOW, ZOOMED, ZOOMED_TWICE, type Scenes, type WindowScene } from '../scene';

type Page = 'general' | 'sync' | 'people' | 'calls';

function showing(page: Page, controls: Controls): WindowScene {
  return { page, platform: { controls: () => Promise.resolve(controls) } };
}

/** A page in one of the states. */
function inState(page: Page, state: keyof typeof STATES): WindowScene {
  return showing(page, STATES[state]);
}

export const SETTINGS = {
  drawerCompact: { view: { look: { theme: 'system', compact: true } } },
  general: { page: 'general', zooms: ZOOMED_TWICE },
  generalNarrow: { page: 'general', size: SMALL_WINDOW },
  generalLocked: inState('general', 'locked'),
  generalBroken: { ...inState('general', 'broken'), size: SMALL_WINDOW },
  generalBrokenPolicy: inState('general', 'brokenPolicy'),
  generalRefused: inState('general', 'refused'),
  generalRestart: inState('general', 'restart'),
  generalProxy: inState('general', 'proxy'),
  generalProxyPassword: inState('general', 'proxyPassword'),
  sync: { page: 'sync', zooms: ZOOMED_TWICE },
  syncNarrow: { page: 'sync', size: SMALL_WINDOW },
  syncLocked: inState('sync', 'locked'),
  syncRefused: inState('sync', 'refused'),
  syncWrong: {
    page: 'sync',
    prepare: async (page) => {
      await page.getByRole('spinbutton').nth(1).fill('soon');
      await page.keyboard.press('Enter');
      await page.getByText('Enter a whole number from 1 to 720.').waitFor();
    },
  },
  syncKeys: {
    page: 'sync',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'About' }).focus();
      const names = ['Wait before', 'Ask “Back?”', 'Leave my own', 'Teams status message', 'Dry run'];
      for (const name of names) {
        await page.keyboard.press('Tab');
        await page.getByLabel(name).and(page.locator(':focus')).waitFor();
      }
    },
  },
  syncUnread: { page: 'sync', platform: { controls: () => Promise.reject(new Error()) } },
  people: { page: 'people', zooms: ZOOMED },
  peopleLocked: inState('people', 'locked'),
  peopleRefused: inState('people', 'refused'),
  peopleLimit: {
    page: 'people',
    prepare: async (page) => {
      await page.getByRole('combobox').click();
      await page.getByRole('listbox').waitFor();
    },
  },
  callsLocked: inState('calls', 'locked'),
  callsWrong: inState('calls', 'refused'),
  callsCountry: {
    page: 'calls',
    prepare: async (page) => {
      await page.getByRole('combobox').click();
      await page.keyboard.type('un');
      await page.getByRole('option', { name: 'United States' }).waitFor();
    },
  },
} satisfies Scenes;

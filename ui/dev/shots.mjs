// Pictures of every scene in every theme, into ui/shots/, and the colour contrast of each (axe needs real layout).
// Needs Chromium: `npm run shots`, or CHROMIUM=/path/to/chromium npm run shots. Named scenes only: npm run shots -- menu
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OUT = new URL('../shots/', import.meta.url).pathname;
/** What Fluent puts around a menu to keep the focus in it; a screen reader never meets it. */
const TABSTER = ['[data-tabster-dummy]'];
const THEMES = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  contrast: { colorScheme: 'dark', contrast: 'more' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
};
const SCENES = [
  ...['drawer', 'inStep', 'waits', 'masked', 'login', 'loading', 'offline', 'health', 'nobody', 'allOffline', 'forty'],
  ...['notSetUp', 'notSetUpNarrow', 'notSetUpBroken', 'firstLogin', 'underWay', 'underWayLate', 'underWayLateNarrow'],
  ...['consent', 'consentNarrow'],
  ...[
    'searchEmpty',
    'searchNobody',
    'searchNoAnswer',
    'searchFound',
    'sides',
    'sidesNarrow',
    'sidesMenu',
    'departments',
  ],
  ...['departmentsNarrow', 'departmentsMenu', 'asking', 'dialling', 'ringing', 'connected', 'ended', 'failed'],
  ...['lost', 'hangingUp', 'notHungUp', 'ringingOld', 'ringingNarrow', 'askingNarrow', 'bannerAndCall'],
  ...['incoming', 'incomingBoth', 'incomingOneOf', 'incomingAnonymous', 'incomingSeveral', 'incomingSeveralNarrow'],
  ...[
    'answered',
    'answeredAndMore',
    'answeredNarrow',
    'missed',
    'missedStates',
    'missedStatesNarrow',
    'copied',
    'called',
  ],
  ...['menu', 'menuCopy', 'menuRefused', 'menuNarrow', 'narrow'],
  ...['timeline', 'timelineLong', 'timelineExport', 'timelineNone', 'timelineLoading', 'timelineFailed'],
  ...['timelineNarrow', 'timelineWhatIf', 'timelineWhatIfReplay', 'timelineWhatIfNone', 'doctor', 'general', 'about'],
  ...['setupEmpty', 'setupRegistration', 'setupInstance', 'setupForth', 'setupFifty', 'setupRow', 'setupLoop'],
  ...['calls', 'callsErase', 'callsNarrow', 'callsRefused', 'callsNone', 'callsOff', 'callsUnknown'],
  ...['setupNarrow', 'setupSave', 'setupProblem', 'setupSaved'],
].filter((name) => process.argv.length < 3 || process.argv.slice(2).includes(name));
/** The scenes of the settings window. */
const WINDOW = /^(timeline|calls|doctor|general|about|setup)/;
const SIZES = {
  drawer: [380, 960],
  narrow: [320, 760],
  notSetUpNarrow: [320, 760],
  underWayLateNarrow: [320, 760],
  consentNarrow: [320, 760],
  sides: [380, 1080],
  sidesNarrow: [320, 1080],
  departmentsNarrow: [320, 760],
  menuNarrow: [320, 760],
  ringingNarrow: [320, 760],
  askingNarrow: [320, 760],
  incomingSeveralNarrow: [320, 760],
  answeredNarrow: [320, 760],
  missedStatesNarrow: [320, 760],
  timelineNarrow: [800, 600],
  callsNarrow: [800, 600],
  setupNarrow: [800, 600],
};

/** What is done in a scene before its picture; a scene without data of its own shows the drawer. */
const DEEDS = {
  timeline: (page) => page.getByText('14:02:25').waitFor(),
  timelineLong: async (page) => {
    await page.getByRole('table').hover();
    await page.mouse.wheel(0, 260);
    await page.getByText('13:12:40').first().waitFor();
  },
  timelineExport: async (page) => {
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page.getByText('Saved as').waitFor();
  },
  timelineWhatIf: async (page) => {
    await openWhatIf(page);
    await page.getByText('When Connect becomes').waitFor();
  },
  timelineWhatIfReplay: async (page) => {
    await openWhatIf(page);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByRole('table', { name: 'Differences' }).waitFor();
  },
  timelineWhatIfNone: async (page) => {
    await openWhatIf(page);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('Nothing is recorded yet.').waitFor();
  },
  callsErase: async (page) => {
    await page.getByRole('button', { name: 'Erase all' }).click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
  },
  setupFifty: async (page) => {
    await page.getByRole('table').hover();
    await page.mouse.wheel(0, 200);
    await page.getByText('Case work 12').waitFor();
  },
  setupRow: async (page) => {
    await page.getByRole('button', { name: 'Edit Lunch' }).click();
    await page.getByRole('dialog').waitFor();
  },
  setupLoop: (page) => page.getByText('These tables make a loop.').scrollIntoViewIfNeeded(),
  drawer: (page) => row(page, 'Lena Fischer').hover(),
  health: (page) => page.getByRole('button', { name: /^Health/ }).click(),
  searchEmpty: searchNobody,
  searchNobody,
  searchNoAnswer: searchNobody,
  sides: photos,
  sidesNarrow: photos,
  sidesMenu: (page) => openMenu(page, 'i.novak'),
  departmentsMenu: (page) => page.getByRole('button', { name: 'More', exact: true }).click(),
  narrow: (page) => row(page, 'Lena Fischer').hover(),
  searchFound: async (page) => {
    await page.keyboard.type('winther');
    await row(page, 'Kasper Winther').hover();
  },
  menu: (page) => openMenu(page, 'Tomás Ibarra'),
  menuNarrow: (page) => openMenu(page, 'Tomás Ibarra'),
  menuRefused: (page) => openMenu(page, 'Anders Dahl'),
  copied: async (page) => {
    await page.evaluate(() => Object.assign(navigator.clipboard, { writeText: () => Promise.resolve() }));
    await openMenu(page, 'Mei-Ling Zhao');
    await page.keyboard.press('c');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('menu').nth(1).waitFor();
    await page.keyboard.press('Enter');
    await row(page, 'Mei-Ling Zhao').getByText('Number copied').waitFor();
  },
  called: async (page) => {
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
  menuCopy: async (page) => {
    await openMenu(page, 'Tomás Ibarra');
    await page.keyboard.press('c');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('menu').nth(1).waitFor();
  },
};

async function searchNobody(page) {
  await page.keyboard.type('winther');
  await page.getByText('No match for “winther”').waitFor();
}

async function photos(page) {
  await page.locator('img').first().waitFor();
}

function row(page, name) {
  return page.getByRole('listitem', { name: new RegExp(`^${name}`) });
}

async function openWhatIf(page) {
  await page.getByRole('button', { name: 'What if…' }).click();
  await page.getByRole('dialog').waitFor();
}

async function openMenu(page, name) {
  await row(page, name).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menu').waitFor();
  await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
}

const server = await createServer({ configFile: new URL('../vite.dev.config.ts', import.meta.url).pathname });
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
mkdirSync(OUT, { recursive: true });
let findings = 0;
for (const [theme, media] of Object.entries(THEMES)) {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  // The first page waits until vite has bundled what it needs.
  page.setDefaultTimeout(120_000);
  await page.emulateMedia({ reducedMotion: 'reduce', ...media });
  for (const name of SCENES) {
    const [width, height] = SIZES[name] ?? (WINDOW.test(name) ? [960, 680] : [380, 760]);
    await page.setViewportSize({ width, height });
    await page.goto(`http://127.0.0.1:4188/?${name}`, { waitUntil: 'commit' });
    await page.getByRole(WINDOW.test(name) ? 'main' : 'banner').waitFor();
    await DEEDS[name]?.(page);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${OUT}${name}-${theme}.png`, animations: 'disabled' });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate((tabster) => axe.run({ exclude: tabster }), TABSTER);
    for (const { id, nodes } of violations) {
      findings += nodes.length;
      for (const { target, failureSummary } of nodes) {
        process.stdout.write(`${name}, ${theme}: ${id}: ${target.join(' ')}: ${failureSummary}\n`);
      }
    }
  }
  await page.close();
}
await browser.close();
await server.close();
process.stdout.write(`${findings} findings by axe; pictures in ${OUT}\n`);
process.exitCode = findings > 0 ? 1 : 0;

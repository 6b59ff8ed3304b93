// The set-up wizard at each of its steps.
import type { SetupPage } from '../../src/bindings/SetupPage';
import { openDialog } from '../interactions';
import { SMALL_WINDOW, ZOOMED, type Scenes, type WindowScene } from '../scene';
import { SETUPS } from '../setupScenes';

function showing(setup: SetupPage): WindowScene {
  return { page: 'setup', platform: { setup: () => Promise.resolve(setup) } };
}

export const SET_UP = {
  setupEmpty: showing(SETUPS.setupEmpty),
  setupRegistration: { ...showing(SETUPS.setupRegistration), zooms: ZOOMED },
  setupLogin: showing(SETUPS.setupLogin),
  setupChecking: showing(SETUPS.setupChecking),
  setupInstance: showing(SETUPS.setupInstance),
  setupForth: { ...showing(SETUPS.setupForth), zooms: ZOOMED },
  setupSeconds: showing(SETUPS.setupSeconds),
  setupFifty: {
    ...showing(SETUPS.setupFifty),
    prepare: async (page) => {
      await page.getByRole('table').hover();
      await page.mouse.wheel(0, 200);
      await page.getByText('Case work 12').waitFor();
    },
  },
  setupRow: { ...showing(SETUPS.setupForth), prepare: (page) => openDialog(page, 'Edit Lunch') },
  setupRowSeconds: {
    ...showing(SETUPS.setupForth),
    prepare: async (page) => {
      await openDialog(page, 'Edit Lunch');
      await page.getByRole('textbox', { name: 'Set it at most once every' }).fill('0');
      await page.getByText('Enter a whole number').waitFor();
    },
  },
  setupLoop: {
    ...showing(SETUPS.setupLoop),
    prepare: (page) => page.getByText('These tables make a loop.').scrollIntoViewIfNeeded(),
  },
  setupContact: {
    ...showing(SETUPS.setupForth),
    prepare: (page) => page.getByRole('button', { name: /While on a contact/ }).click(),
  },
  setupList: {
    ...showing(SETUPS.setupForth),
    prepare: (page) => page.getByRole('combobox', { name: 'Target for Lunch' }).click(),
  },
  setupNetwork: showing(SETUPS.setupNetwork),
  setupSavedLogin: showing(SETUPS.setupSavedLogin),
  setupNarrow: { ...showing(SETUPS.setupLoop), size: SMALL_WINDOW },
  setupSave: showing(SETUPS.setupSave),
  setupProblem: showing(SETUPS.setupProblem),
  setupSaved: showing(SETUPS.setupSaved),
} satisfies Scenes;

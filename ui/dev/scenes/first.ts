// The drawer before the application is set up, before the first login, and while a login goes on in the browser.
import type { Banner } from '../../src/bindings/Banner';
import { IN_BROWSER, NEEDED, underWay } from '../banners';
import { CARDS, counts } from '../healthy';
import { NARROW_DRAWER, ZOOMED, type DrawerScene, type Scenes } from '../scene';

const LINK = 'https://login.microsoftonline.com/';
const PAGE = { copy: { text: LINK } };

const CONSENT: Banner = {
  level: 'problem',
  title: 'Your administrator must approve this app first.',
  body: 'Send them the approval link. When they have approved, try again.',
  buttons: [
    { label: 'Copy approval link', action: PAGE, kind: 'primary' },
    { label: 'Try again', action: 'teamsLogin', kind: 'subtle' },
    { label: 'Later', action: 'later', kind: 'subtle' },
  ],
};

const NO_BROWSER: Banner = {
  level: 'warning',
  title: 'No browser could be opened.',
  body: 'Copy the link into a browser yourself. This window continues automatically.',
  buttons: [
    { label: 'Copy link', action: PAGE, kind: 'primary' },
    { label: 'Open again', action: 'loginOpenAgain', kind: 'secondary' },
    { label: 'Cancel', action: 'loginCancel', kind: 'subtle' },
  ],
};

/** Nobody has ever logged in here. */
function nobody(banner: Banner, words = 'Teams: login needed'): DrawerScene {
  return {
    view: {
      stage: { is: 'loginNeeded' },
      own: {
        name: '',
        number: null,
        upn: '',
        knob: 'off',
        teams: { words: 'Unknown', badge: 'unknown', since: null },
        reason: { is: 'waitsForLogin' },
        why: null,
      },
      banner,
      counts: counts(0, 0),
      health: { level: 'warning', words, asOf: null, cards: CARDS },
    },
    favourites: [],
    everyone: [],
  };
}

const NOT_SET_UP: DrawerScene = {
  view: { stage: { is: 'notSetUp', problem: null }, own: { knob: 'off', reason: { is: 'notSetUp' }, why: null } },
};
const LATE = nobody(
  underWay('No browser window? Open the page again, or copy its link into a browser yourself.', LINK),
  'Teams: continue in the browser',
);

export const FIRST = {
  notSetUp: { ...NOT_SET_UP, zooms: ZOOMED },
  notSetUpNarrow: { ...NOT_SET_UP, size: NARROW_DRAWER },
  notSetUpBroken: {
    view: { stage: { is: 'notSetUp', problem: 'settings.toml, line 3: microsoft.clientid is not a setting.' } },
  },
  firstLogin: { ...nobody(NEEDED), zooms: ZOOMED },
  underWay: nobody(underWay(IN_BROWSER, LINK), 'Teams: continue in the browser'),
  underWayLate: LATE,
  underWayLateNarrow: { ...LATE, size: NARROW_DRAWER },
  noBrowser: nobody(NO_BROWSER, 'Teams: no browser for the login'),
  consent: nobody(CONSENT),
  consentNarrow: { ...nobody(CONSENT), size: NARROW_DRAWER },
} satisfies Scenes;

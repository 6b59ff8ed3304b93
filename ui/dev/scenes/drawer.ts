// The drawer at work, before anything is read, and when something is wrong: the header's lines, banners and the foot.
import type { Banner } from '../../src/bindings/Banner';
import type { Reason } from '../../src/bindings/Reason';
import { NEEDED } from '../banners';
import { secondsAgo } from '../calls';
import { row } from '../interactions';
import { CARDS, counts } from '../healthy';
import { ago, DEPARTMENTS, EVERYONE, FAVOURITES, lastSeen, ODD, SIDES } from '../people';
import { NARROW_DRAWER, ZOOMED, ZOOMED_TWICE, type DrawerScene, type Scenes, type ViewPart } from '../scene';

export const LOGIN: Banner = {
  level: 'problem',
  title: 'Teams needs a new login.',
  body: 'Your authorization ended at 13:58. Teams is not read or written until you log in.',
  buttons: NEEDED.buttons,
};
const RENEW: Banner = {
  level: 'warning',
  title: 'Teams Login expires tomorrow.',
  body: 'Renew by Wed 25 Nov.',
  buttons: [
    { label: 'Renew now', action: 'teamsLogin', kind: 'primary' },
    { label: 'Later', action: 'later', kind: 'subtle' },
  ],
};
const OTHER_PERSON: Banner = {
  level: 'warning',
  title: 'You are logged in to Teams as priya.raman@contoso.com, in Connect as maximiliane.von.hohenberg-zollern.',
  body: 'Sync stays off until you confirm.',
  buttons: [
    { label: 'Both are me', action: 'bothAreMe', kind: 'secondary' },
    { label: 'Log in again', action: 'teamsLogin', kind: 'secondary' },
  ],
};
const BACK: Banner = {
  level: 'ok',
  title: 'Back?',
  body: 'Teams says you are free again.',
  buttons: [
    { label: 'Set Available', action: 'setBack', kind: 'primary' },
    { label: 'Not yet', action: 'notYet', kind: 'subtle' },
  ],
};
const UNKNOWN = { words: 'Unknown', badge: 'unknown', since: ago(8) } as const;

function saying(reason: Reason, own: ViewPart['own'] = {}): DrawerScene {
  return { view: { own: { reason, ...own } } };
}

/** In so many seconds. */
function soon(seconds: number): string {
  return secondsAgo(-seconds);
}

const SIDE_BY_SIDE = {
  view: {},
  favourites: [],
  everyone: SIDES,
  prepare: (page) => page.locator('img').first().waitFor(),
} satisfies DrawerScene;

export const DRAWER = {
  drawer: {
    view: {},
    zooms: ZOOMED_TWICE,
    prepare: (page) => row(page, 'Lena Fischer').hover(),
  },
  narrow: { view: {}, size: NARROW_DRAWER, prepare: (page) => row(page, 'Lena Fischer').hover() },
  forty: { view: { counts: counts(40, 40) } },
  sides: { ...SIDE_BY_SIDE, size: [380, 1080], zooms: ZOOMED },
  sidesNarrow: { ...SIDE_BY_SIDE, size: [320, 1080] },
  departments: { view: { counts: counts(300, 4812, { grouped: true }) }, departments: DEPARTMENTS },
  departmentsNarrow: {
    view: { counts: counts(300, 4812, { grouped: true }) },
    departments: DEPARTMENTS,
    size: NARROW_DRAWER,
  },

  inStep: saying({ is: 'inStep', since: ago(4) }, { knob: 'connectToTeams' }),
  off: saying({ is: 'off' }, { knob: 'off' }),
  dryRun: saying({ is: 'dryRun' }),
  paused: saying({ is: 'paused', until: soon(840) }, { knob: 'paused' }),
  pausedForNow: saying({ is: 'paused', until: null }, { knob: 'paused' }),
  connectFollows: saying({ is: 'connectFollows', at: soon(12) }, { knob: 'teamsToConnect' }),
  asksSoon: saying({ is: 'asksSoon', at: soon(9) }),
  settingConnect: saying({ is: 'settingConnect' }),
  waitsForAnswer: { view: { own: { reason: { is: 'waitsForAnswer' } }, banner: BACK } },
  waits: saying({ is: 'waitsForContact', contact: 'call' }, { knob: 'teamsToConnect' }),
  queued: saying({ is: 'queued', status: 'Training', contact: 'chat' }),
  teamsLeads: saying({ is: 'teamsLeads' }, { knob: 'teamsToConnect' }),
  noChange: saying({ is: 'noChange', state: 'On contact' }, { knob: 'connectToTeams' }),
  masked: saying({ is: 'masked', hidden: 'In a call' }, { knob: 'connectToTeams' }),
  maskedByTeams: saying({ is: 'maskedByTeams', state: 'In a meeting', hidden: 'Be right back' }),
  longMaskedByTeams: saying({
    is: 'maskedByTeams',
    state: 'In a meeting and out of the office until Monday',
    hidden: 'Quarterly customer satisfaction coaching',
  }),

  login: {
    view: {
      own: { knob: 'notInStep', teams: UNKNOWN, reason: { is: 'notInStep', since: ago(8) } },
      banner: LOGIN,
      health: { level: 'warning', words: 'Teams: login needed', asOf: null, cards: CARDS },
    },
    zooms: ZOOMED,
  },
  teamsNotKnown: {
    view: {
      own: { knob: 'notInStep', teams: UNKNOWN, reason: { is: 'teamsNotKnown' }, why: 'What happened?' },
      health: { level: 'warning', words: 'Teams: status unknown', asOf: null, cards: CARDS },
    },
  },
  // As they come from Rust: nothing in them turns, breaks or hides.
  oddNames: { view: {}, favourites: [], everyone: ODD },
  renew: { view: { banner: RENEW } },
  otherPerson: { view: { own: { knob: 'off', reason: { is: 'stopped' } }, banner: OTHER_PERSON } },
  loading: {
    view: {
      own: { teams: { words: 'Reading…', badge: 'unknown', since: null }, reason: { is: 'settingTeams' } },
      counts: counts(0, 1200, { loading: true }),
      health: { level: 'reading', words: 'Reading', asOf: null, cards: CARDS },
    },
    favourites: [],
    everyone: [],
  },
  offline: {
    view: {
      own: { knob: 'notInStep', connect: UNKNOWN, teams: UNKNOWN, reason: { is: 'offline' } },
      banner: {
        level: 'offline',
        title: 'No network since 14:01.',
        body: 'You see the last known states. Sync continues automatically when the network is back.',
        buttons: [],
      },
      health: { level: 'offline', words: 'Offline', asOf: ago(5), cards: CARDS },
    },
    favourites: FAVOURITES.map(lastSeen),
    everyone: EVERYONE.map(lastSeen),
  },
  health: {
    view: {
      own: { knob: 'notInStep', connect: UNKNOWN, reason: { is: 'notInStep', since: ago(8) } },
      health: { level: 'problem', words: 'Connect: log in', asOf: null, cards: CARDS },
    },
    zooms: ZOOMED,
    prepare: (page) => page.getByRole('button', { name: /^Health/ }).click(),
  },
  nobody: { view: { counts: counts(0, 0) }, favourites: [], everyone: [] },
  allOffline: { view: { counts: counts(0, 40, { offlineHidden: true }) }, favourites: [], everyone: [] },
} satisfies Scenes;

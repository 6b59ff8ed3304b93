// A platform made up in the page: one fixed drawer for each name in `SCENES`. It answers like the controller, and
// knows nothing of it.
import type { Action } from '../src/bindings/Action';
import type { Banner } from '../src/bindings/Banner';
import type { Counts } from '../src/bindings/Counts';
import type { DirectorySearch } from '../src/bindings/DirectorySearch';
import type { HealthCard } from '../src/bindings/HealthCard';
import type { Line } from '../src/bindings/Line';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { View } from '../src/bindings/View';
import type { Platform } from '../src/platform/platform';
import {
  ANONYMOUS,
  answered,
  BOTH_SIDES,
  calling,
  DIRECT,
  missed,
  NOBODY_MISSED,
  NOT_CLEARED,
  OLD,
  ONE_OF_TWO,
  ringing,
  secondsAgo,
} from './calls';
import { ago, DEPARTMENTS, EVERYONE, face, FAVOURITES, FOUND, lastSeen, SIDES } from './people';

interface Scene {
  view: Partial<Omit<View, 'own'>> & { own?: Partial<View['own']> };
  favourites?: readonly PersonLine[];
  everyone?: readonly PersonLine[];
  /** In place of everyone. */
  departments?: typeof DEPARTMENTS;
}

function counts(listed: number, known: number, changes: Partial<Counts> = {}): Counts {
  return {
    listed,
    known,
    loading: false,
    offlineHidden: false,
    found: null,
    leftOut: 0,
    grouped: false,
    asked: { is: 'notAsked' },
    ...changes,
  };
}

const LOGIN: Banner = {
  level: 'problem',
  title: 'Teams needs a new login.',
  body: 'Your authorization ended at 13:58. Teams is not read or written until you log in.',
  buttons: [
    { label: 'Teams Login', action: 'teamsLogin' },
    { label: 'Later', action: 'later' },
  ],
};
const UNKNOWN = { words: 'Unknown', badge: 'unknown', since: ago(8) } as const;

const CARDS: HealthCard[] = [
  {
    level: 'problem',
    title: 'Connect',
    text: 'ConnectPath is not logged in. Your Connect status is unknown.',
    asOf: ago(8),
    button: { label: 'Log in', action: 'connectLogin' },
  },
  {
    level: 'warning',
    title: 'Teams',
    text: 'Slowed by Microsoft. Colleagues are 2 min old; your own status is live.',
    asOf: ago(2),
    button: null,
  },
  {
    level: 'ok',
    title: 'Directory',
    text: '4,812 people with a Teams licence. Full list at 13:41, next at 14:41.',
    asOf: ago(25),
    button: { label: 'Refresh', action: 'refreshPeople' },
  },
  { level: 'ok', title: 'Teams Login', text: 'Authorized as priya.raman@contoso.com.', asOf: null, button: null },
];

const DRAWER: Scene = { view: {} };

/** A search that finds nobody among the people known here. */
function searching(asked: DirectorySearch): Scene {
  return { view: { counts: counts(0, 4812, { found: 0, asked }) }, favourites: [], everyone: [] };
}

const SCENES: Readonly<Record<string, Scene>> = {
  drawer: DRAWER,
  inStep: {
    view: { own: { knob: 'connectToTeams', reason: { is: 'inStep', since: ago(4) } } },
  },
  login: {
    view: {
      own: { knob: 'notInStep', teams: UNKNOWN, reason: { is: 'notInStep', since: ago(8) } },
      banner: LOGIN,
      health: { level: 'warning', words: 'Teams: login needed', asOf: null, cards: CARDS },
    },
  },
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
        body: 'You see the last known states. Sync goes on by itself when the network is back.',
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
      health: { level: 'warning', words: 'Connect: log in', asOf: null, cards: CARDS },
    },
  },
  nobody: {
    view: { counts: counts(0, 0) },
    favourites: [],
    everyone: [],
  },
  allOffline: {
    view: { counts: counts(0, 40, { offlineHidden: true }) },
    favourites: [],
    everyone: [],
  },
  waits: { view: { own: { knob: 'teamsToConnect', reason: { is: 'waitsForContact', contact: 'call' } } } },
  masked: { view: { own: { knob: 'connectToTeams', reason: { is: 'masked', hidden: 'In a call' } } } },
  searchEmpty: searching({ is: 'asking' }),
  searchNobody: searching({ is: 'nobody' }),
  searchNoAnswer: searching({ is: 'noAnswer' }),
  searchFound: {
    view: { counts: counts(2, 4814, { found: 2, asked: { is: 'found', count: 2 } }) },
    favourites: [],
    everyone: FOUND,
  },
  sides: { view: {}, favourites: [], everyone: SIDES },
  departments: { view: { counts: counts(300, 4812, { grouped: true }) }, departments: DEPARTMENTS },
  asking: {
    view: calling({ is: 'asking', since: ago(12) }, { name: 'Emeka Obi' }),
    favourites: [],
    everyone: SIDES,
  },
  dialling: { view: calling({ is: 'dialling' }) },
  ringing: {
    view: calling({ is: 'ringing', since: secondsAgo(7) }, { hint: 'Open ConnectPath to take the audio.' }),
  },
  ringingOld: { view: calling({ is: 'ringing', since: secondsAgo(7) }, { name: 'Liv Andersen' }) },
  connected: { view: calling({ is: 'connected', since: secondsAgo(222) }, { digits: '4021' }) },
  ended: { view: calling({ is: 'ended', seconds: 222 }) },
  failed: { view: calling({ is: 'failed', sentence: 'No answer.', again: true }) },
  lost: { view: calling({ is: 'lost', sentence: 'Connection to ConnectPath lost. The call may still be live.' }) },
  hangingUp: { view: calling({ is: 'hangingUp' }) },
  notHungUp: {
    view: calling(
      { is: 'connected', since: secondsAgo(222) },
      { hint: 'The call was not hung up. Try again, or hang up in ConnectPath.' },
    ),
  },
  incoming: { view: ringing(DIRECT) },
  incomingBoth: { view: ringing(BOTH_SIDES) },
  incomingOneOf: { view: ringing(ONE_OF_TWO) },
  incomingAnonymous: { view: ringing(ANONYMOUS) },
  incomingSeveral: { view: ringing(BOTH_SIDES, ANONYMOUS, OLD) },
  answered: { view: ringing(answered(DIRECT, 222)) },
  answeredAndMore: { view: ringing(answered(DIRECT, 222), OLD) },
  missed: { view: { missed: [missed('Grace Holloway', { is: 'offered' })] } },
  missedStates: {
    view: {
      missed: [
        missed('Tomás Ibarra', { is: 'underWay' }),
        missed('Grace Holloway', NOT_CLEARED, '13:58'),
        NOBODY_MISSED,
      ],
    },
  },
  bannerAndCall: {
    view: {
      ...calling({ is: 'ringing', since: secondsAgo(7) }),
      banner: LOGIN,
      missed: [missed('Grace Holloway', { is: 'offered' })],
    },
  },
  forty: { view: { counts: counts(40, 40) } },
};

/** The platform that shows the scene of this name; an unknown name shows the drawer. */
export function scene(name: string): Platform {
  const { view, favourites = FAVOURITES, everyone = EVERYONE, departments } = SCENES[sceneOf(name)] ?? DRAWER;
  const others = departments?.flatMap(([name, people]) => under({ is: 'department', name }, people));
  const lines: Line[] = [
    ...under({ is: 'section', section: 'favourites' }, favourites),
    ...(others ?? under({ is: 'section', section: 'everyone' }, everyone)),
  ];
  let revision = 1;
  let called: Partial<View> = {};
  let changed: (revision: number) => void = () => undefined;
  return {
    view: () =>
      Promise.resolve({
        revision,
        banner: null,
        call: null,
        incoming: [],
        missed: [],
        health: { level: 'ok', words: 'Up to date', asOf: new Date(Date.now() - 4000).toISOString(), cards: CARDS },
        counts: counts(300, 4812),
        ...view,
        ...called,
        own: {
          name: 'Priya Raman',
          number: {
            words: '+1 206 555 0142, ext 4102',
            copy: '+1 206 555 0142 ext 4102',
            inStatus: false,
            statusLocked: false,
          },
          upn: 'priya.raman@contoso.com',
          connect: { words: 'Available', badge: 'available', since: ago(12) },
          teams: { words: 'Busy', badge: 'busy', since: ago(4) },
          knob: 'both',
          reason: { is: 'heldByYou' },
          why: 'Why am I Busy?',
          ...view.own,
        },
      }),
    lines: (start, count) =>
      Promise.resolve({ revision, start, total: lines.length, lines: lines.slice(start, start + count) }),
    photo: (_, version) => Promise.resolve(face(version)),
    act: (action: Action) => {
      document.title = `Asked for: ${JSON.stringify(action)}`;
      if (typeof action === 'object' && 'call' in action) {
        called = { call: calling({ is: 'dialling' }, { name: action.call.person }).call };
        revision += 1;
        changed(revision);
      }
      return Promise.resolve();
    },
    onChanged: (told) => {
      changed = told;
      return Promise.resolve(() => undefined);
    },
    rendered: () => Promise.resolve(),
    onSeen: () => Promise.resolve(() => undefined),
  };
}

/** A scene has the same people in any width, and with a menu open. */
function sceneOf(name: string): string {
  return name.replace(/(Narrow|Menu)$/, '');
}

function under(head: Line, people: readonly PersonLine[]): Line[] {
  if (people.length === 0) return [];
  return [head, ...people.map((line): Line => ({ is: 'person', ...line }))];
}

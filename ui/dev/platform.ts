// A platform made up in the page: one fixed drawer for each name in `SCENES`. It answers like the controller, and
// knows nothing of it.
import type { Action } from '../src/bindings/Action';
import type { HealthCard } from '../src/bindings/HealthCard';
import type { Line } from '../src/bindings/Line';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { View } from '../src/bindings/View';
import type { Platform } from '../src/platform/platform';
import { ago, EVERYONE, FAVOURITES, lastSeen } from './people';

interface Scene {
  view: Partial<Omit<View, 'own'>> & { own?: Partial<View['own']> };
  favourites?: readonly PersonLine[];
  everyone?: readonly PersonLine[];
}

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

const SCENES: Readonly<Record<string, Scene>> = {
  drawer: DRAWER,
  inStep: {
    view: { own: { knob: 'connectToTeams', reason: { is: 'inStep', since: ago(4) } } },
  },
  login: {
    view: {
      own: { knob: 'notInStep', teams: UNKNOWN, reason: { is: 'notInStep', since: ago(8) } },
      banner: {
        level: 'problem',
        title: 'Teams needs a new login.',
        body: 'Your authorization ended at 13:58. Teams is not read or written until you log in.',
        buttons: [
          { label: 'Teams Login', action: 'teamsLogin' },
          { label: 'Later', action: 'later' },
        ],
      },
      health: { level: 'warning', words: 'Teams: login needed', asOf: null, cards: CARDS },
    },
  },
  loading: {
    view: {
      own: { teams: { words: 'Reading…', badge: 'unknown', since: null }, reason: { is: 'writing' } },
      counts: { listed: 0, known: 1200, loading: true, offlineHidden: false },
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
    view: { counts: { listed: 0, known: 0, loading: false, offlineHidden: false } },
    favourites: [],
    everyone: [],
  },
  allOffline: {
    view: { counts: { listed: 0, known: 40, loading: false, offlineHidden: true } },
    favourites: [],
    everyone: [],
  },
  forty: { view: { counts: { listed: 40, known: 40, loading: false, offlineHidden: false } } },
};

/** The platform that shows the scene of this name; an unknown name shows the drawer. */
export function scene(name: string): Platform {
  const { view, favourites = FAVOURITES, everyone = EVERYONE } = SCENES[name] ?? DRAWER;
  const lines: Line[] = [...section('favourites', favourites), ...section('everyone', everyone)];
  return {
    view: () =>
      Promise.resolve({
        revision: 1,
        banner: null,
        health: { level: 'ok', words: 'Up to date', asOf: new Date(Date.now() - 4000).toISOString(), cards: CARDS },
        counts: { listed: 300, known: 4812, loading: false, offlineHidden: false },
        ...view,
        own: {
          name: 'Priya Raman',
          line: '+1 206 555 0142, ext 4102',
          connect: { words: 'Available', badge: 'available', since: ago(12) },
          teams: { words: 'Busy', badge: 'busy', since: ago(4) },
          knob: 'connectToTeams',
          reason: { is: 'heldByYou' },
          ...view.own,
        },
      }),
    lines: (start, count) =>
      Promise.resolve({ revision: 1, start, total: lines.length, lines: lines.slice(start, start + count) }),
    act: (action: Action) => {
      document.title = `Asked for: ${action}`;
      return Promise.resolve();
    },
    onChanged: () => Promise.resolve(() => undefined),
  };
}

function section(name: 'favourites' | 'everyone', people: readonly PersonLine[]): Line[] {
  if (people.length === 0) return [];
  return [{ is: 'section', section: name }, ...people.map((line): Line => ({ is: 'person', ...line }))];
}

// A platform made up in the page: one fixed drawer for each name in `SCENES`. It answers like the controller, and
// knows nothing of it.
import type { Action } from '../src/bindings/Action';
import type { CallState } from '../src/bindings/CallState';
import type { HealthCard } from '../src/bindings/HealthCard';
import type { Line } from '../src/bindings/Line';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { View } from '../src/bindings/View';
import type { Platform } from '../src/platform/platform';
import { ago, EVERYONE, FAVOURITES, FOUND, lastSeen } from './people';

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

/** A call, while the own status follows it. */
function calling(state: CallState, more: { digits?: string; hint?: string } = {}): Scene {
  return {
    view: {
      own: {
        connect: { words: 'Dialling', badge: 'busy', since: ago(0) },
        teams: { words: 'Available', badge: 'available', since: ago(12) },
        reason: { is: 'teamsFollows', at: new Date(Date.now() + 11_000).toISOString() },
      },
      call: {
        person: 'Grace Holloway',
        name: 'Grace Holloway',
        number: '+1 206 555 0119',
        digits: more.digits ?? null,
        hint: more.hint ?? null,
        state,
      },
    },
  };
}

function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

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
      own: { teams: { words: 'Reading…', badge: 'unknown', since: null }, reason: { is: 'settingTeams' } },
      counts: { listed: 0, known: 1200, loading: true, offlineHidden: false, found: null },
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
    view: { counts: { listed: 0, known: 0, loading: false, offlineHidden: false, found: null } },
    favourites: [],
    everyone: [],
  },
  allOffline: {
    view: { counts: { listed: 0, known: 40, loading: false, offlineHidden: true, found: null } },
    favourites: [],
    everyone: [],
  },
  waits: { view: { own: { knob: 'teamsToConnect', reason: { is: 'waitsForContact', contact: 'call' } } } },
  masked: { view: { own: { knob: 'connectToTeams', reason: { is: 'masked', hidden: 'In a call' } } } },
  searchEmpty: {
    view: { counts: { listed: 0, known: 4812, loading: false, offlineHidden: false, found: 0 } },
    favourites: [],
    everyone: [],
  },
  searchFound: {
    view: { counts: { listed: 2, known: 4812, loading: false, offlineHidden: false, found: 2 } },
    favourites: [],
    everyone: FOUND,
  },
  asking: calling({ is: 'asking', since: ago(17) }),
  dialling: calling({ is: 'dialling' }),
  ringing: calling({ is: 'ringing', since: secondsAgo(7) }, { hint: 'Open ConnectPath to take the audio.' }),
  connected: calling({ is: 'connected', since: secondsAgo(222) }, { digits: '4021' }),
  ended: calling({ is: 'ended', seconds: 222 }),
  failed: calling({ is: 'failed', sentence: 'No answer.', again: true }),
  lost: calling({ is: 'lost', sentence: 'Connection to ConnectPath lost. The call may still be live.' }),
  hangingUp: calling({ is: 'hangingUp' }),
  notHungUp: calling(
    { is: 'connected', since: secondsAgo(222) },
    { hint: 'The call was not hung up. Try again, or hang up in ConnectPath.' },
  ),
  forty: { view: { counts: { listed: 40, known: 40, loading: false, offlineHidden: false, found: null } } },
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
        call: null,
        health: { level: 'ok', words: 'Up to date', asOf: new Date(Date.now() - 4000).toISOString(), cards: CARDS },
        counts: { listed: 300, known: 4812, loading: false, offlineHidden: false, found: null },
        ...view,
        own: {
          name: 'Priya Raman',
          line: '+1 206 555 0142, ext 4102',
          connect: { words: 'Available', badge: 'available', since: ago(12) },
          teams: { words: 'Busy', badge: 'busy', since: ago(4) },
          knob: 'both',
          reason: { is: 'heldByYou' },
          why: 'Why am I Busy?',
          ...view.own,
        },
      }),
    lines: (start, count) =>
      Promise.resolve({ revision: 1, start, total: lines.length, lines: lines.slice(start, start + count) }),
    act: (action: Action) => {
      document.title = `Asked for: ${JSON.stringify(action)}`;
      return Promise.resolve();
    },
    onChanged: () => Promise.resolve(() => undefined),
    rendered: () => Promise.resolve(),
    onSeen: () => Promise.resolve(() => undefined),
  };
}

function section(name: 'favourites' | 'everyone', people: readonly PersonLine[]): Line[] {
  if (people.length === 0) return [];
  return [{ is: 'section', section: name }, ...people.map((line): Line => ({ is: 'person', ...line }))];
}

// The drawer's platform, made up in the page: it shows one fixed scene. It answers like the controller, and knows
// nothing of it.
import type { Action } from '../src/bindings/Action';
import type { Line } from '../src/bindings/Line';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { View } from '../src/bindings/View';
import type { Platform } from '../src/platform/platform';
import { calling } from './calls';
import { CARDS, counts } from './healthy';
import { ago, EVERYONE, face, FAVOURITES } from './people';
import type { DrawerScene } from './scene';

/** The whole view of a scene. */
export function viewOf({ view }: DrawerScene): View {
  return {
    revision: 1,
    look: { theme: 'system', compact: false },
    stage: { is: 'ready' },
    banner: null,
    call: null,
    incoming: [],
    missed: [],
    health: { level: 'ok', words: 'Up to date', asOf: new Date(Date.now() - 4000).toISOString(), cards: CARDS },
    counts: counts(300, 4812),
    ...view,
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
      why: 'Why Busy?',
      ...view.own,
    },
  };
}

/** The lines of its list. */
export function linesOf({ favourites = FAVOURITES, everyone = EVERYONE, departments }: DrawerScene): Line[] {
  const others = departments?.flatMap(([name, people]) => under({ is: 'department', name }, people));
  return [
    ...under({ is: 'section', section: 'favourites' }, favourites),
    ...(others ?? under({ is: 'section', section: 'everyone' }, everyone)),
  ];
}

export function drawerPlatform(scene: DrawerScene): Platform {
  const lines = linesOf(scene);
  let revision = 1;
  let called: Partial<View> = {};
  let changed: (revision: number) => void = () => undefined;
  return {
    view: () => Promise.resolve({ ...viewOf(scene), ...called, revision }),
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
    onChanged: (listener) => {
      changed = listener;
      return Promise.resolve(() => undefined);
    },
    rendered: () => Promise.resolve(),
    onSeen: () => Promise.resolve(() => undefined),
    ...scene.platform,
  };
}

function under(head: Line, people: readonly PersonLine[]): Line[] {
  if (people.length === 0) return [];
  return [head, ...people.map((line): Line => ({ is: 'person', ...line }))];
}

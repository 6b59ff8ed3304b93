// A platform under the control of a test: it sets what is shown and records the actions.
import { onTestFinished, vi } from 'vitest';

import type { Action } from '../src/bindings/Action';
import type { Counts } from '../src/bindings/Counts';
import type { Line } from '../src/bindings/Line';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { View } from '../src/bindings/View';
import type { Platform } from '../src/platform/platform';
import { counts as countsOf } from '../dev/healthy';
import { viewOf } from '../dev/platform';

/** Stops the clock that presses are measured with, so that a slow machine changes nothing; the answer advances it, in ms. */
export function stopClock(): (by: number) => void {
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => {
    clock.mockRestore();
  });
  return (by) => {
    now += by;
  };
}

/** The time so many minutes ago. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

export function person(id: string, changes: Partial<PersonLine> = {}): Line {
  return {
    is: 'person',
    id,
    name: `Person ${id}`,
    badge: 'available',
    there: true,
    favourite: false,
    connect: null,
    teams: { words: 'Available', badge: 'available', since: null },
    onContact: false,
    numbers: [],
    callRefused: 'No phone number in the directory.',
    photo: null,
    waits: 'no',
    join: null,
    ...changes,
  };
}

export const EVERYONE: Line = { is: 'section', section: 'everyone' };
export const FAVOURITES: Line = { is: 'section', section: 'favourites' };

/** The counts of so many people, of whom all are listed. */
export function counts(listed: number, changes: Partial<Counts> = {}): Counts {
  return { ...countsOf(listed, listed), ...changes };
}

/** The head, and so many people under it. */
export function people(count: number): Line[] {
  return [EVERYONE, ...Array.from({ length: count }, (_, index) => person(`${index + 1}`))];
}

export class FakePlatform implements Platform {
  readonly asked: Action[] = [];
  /** The `hold` actions: whether the rows must stay in place. */
  readonly holds: boolean[] = [];
  readonly calls: string[] = [];
  /** The photo of each person who has one. */
  readonly photos = new Map<string, string>();
  list: Line[];
  current: View;
  /** Shows the window, or closes it. */
  seen: (seen: boolean) => void = () => undefined;
  #changed: (revision: number) => void = () => undefined;

  constructor(list: Line[] = people(3), changes: Partial<View> = {}) {
    const listed = list.filter((line) => line.is === 'person').length;
    this.list = list;
    this.current = viewOf({
      view: {
        own: {
          number: null,
          connect: { words: 'Lunch', badge: 'away', since: ago(12) },
          teams: { words: 'Be right back', badge: 'away', since: ago(11) },
          knob: 'connectToTeams',
          reason: { is: 'settingTeams' },
          why: 'Why Be right back?',
        },
        health: { level: 'ok', words: 'Up to date', asOf: null, cards: [] },
        counts: counts(listed),
        ...changes,
      },
    });
  }

  /** Shows something else, as a new revision. */
  change(changes: Partial<View> = {}, list = this.list): void {
    this.list = list;
    this.current = { ...this.current, ...changes, revision: this.current.revision + 1 };
    this.#changed(this.current.revision);
  }

  view(): Promise<View> {
    this.calls.push('view');
    return Promise.resolve(this.current);
  }

  lines(start: number, count: number) {
    this.calls.push(`lines ${start}`);
    const lines = structuredClone(this.list.slice(start, start + count));
    return Promise.resolve({ revision: this.current.revision, start, total: this.list.length, lines });
  }

  photo(person: string, version: string): Promise<string | null> {
    this.calls.push(`photo ${person} ${version}`);
    return Promise.resolve(this.photos.get(person) ?? null);
  }

  rendered(): Promise<void> {
    this.calls.push('rendered');
    return Promise.resolve();
  }

  onSeen(listener: (seen: boolean) => void): Promise<() => void> {
    this.seen = listener;
    return Promise.resolve(() => {
      this.seen = () => undefined;
    });
  }

  act(action: Action): Promise<void> {
    if (typeof action === 'object' && 'hold' in action) this.holds.push(action.hold.on);
    else this.asked.push(action);
    return Promise.resolve();
  }

  onChanged(changed: (revision: number) => void): Promise<() => void> {
    this.#changed = changed;
    return Promise.resolve(() => {
      this.#changed = () => undefined;
    });
  }
}

export const HEALTH = {
  level: 'problem',
  words: 'Connect: log in',
  asOf: null,
  cards: [
    {
      level: 'problem',
      title: 'Connect',
      text: 'ConnectPath is not logged in.',
      details: 'no session (401).',
      cause: null,
      asOf: { is: 'seen', at: ago(8) },
      button: { label: 'Log in', action: 'connectLogin', kind: 'primary' },
    },
    {
      level: 'ok',
      title: 'Directory',
      text: '40 people.',
      details: null,
      cause: null,
      asOf: { is: 'read', at: ago(25) },
      button: null,
    },
  ],
} as const;

/** Health with a side that needs a login. */
export function health() {
  return structuredClone(HEALTH) as never;
}

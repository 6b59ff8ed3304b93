import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Line } from '../src/bindings/Line';
import { DrawerStore } from '../src/drawer/store';
import { EVERYONE, FakePlatform, FAVOURITES, people, person } from './fake';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A list that says in each row of which revision it is, from another row on for each `turn`. */
function of(revision: number, turn = 0): Line[] {
  const rows = Array.from({ length: 300 }, (_, index) => person(`${(index + turn) % 300}`, { name: `${revision}` }));
  return [EVERYONE, ...rows];
}

/** In place of a revision: its lines are of another one, or somebody is in it twice. */
const TORN = -1;

/** The revision of each state that the store shows, if the state is whole. */
function watched(store: DrawerStore): number[] {
  const seen: number[] = [];
  store.subscribe(() => {
    const shown = store.snapshot();
    const { view, total, heads } = shown;
    const lines = Array.from({ length: total }, (_, index) => shown.line(index)).filter((one) => one !== undefined);
    const rows = lines.filter((one) => one.is === 'person');
    const once = new Set(rows.map(({ id }) => id)).size === rows.length && new Set(heads).size === heads.length;
    const whole = rows.every(({ name }) => name === `${view?.revision}`);
    // Not an assertion: the store would take its failure for one of the platform.
    seen.push(once && whole && view ? view.revision : TORN);
  });
  return seen;
}

async function opened(platform: FakePlatform): Promise<DrawerStore> {
  const store = new DrawerStore(platform);
  store.open();
  await vi.advanceTimersByTimeAsync(0);
  return store;
}

describe('the store', () => {
  it('requests again after a failure, and reports the failure meanwhile', async () => {
    const platform = new FakePlatform(people(3));
    const view = platform.view.bind(platform);
    platform.view = () => Promise.reject(new Error('ending'));
    const store = await opened(platform);
    expect(store.snapshot()).toMatchObject({ view: null, failed: true });
    platform.view = view;
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.snapshot()).toMatchObject({ failed: false, total: 4 });
  });

  it('requests nothing while it is suspended, even after a failure', async () => {
    const platform = new FakePlatform(people(3));
    platform.lines = () => Promise.reject(new Error('ending'));
    const store = await opened(platform);
    store.suspend();
    platform.calls.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(platform.calls).toEqual([]);
  });

  it('requests lines again that failed when they came on screen', async () => {
    const platform = new FakePlatform(people(500));
    const store = await opened(platform);
    const lines = platform.lines.bind(platform);
    platform.lines = () => Promise.reject(new Error('ending'));
    store.setVisible(240, 260);
    await vi.advanceTimersByTimeAsync(0);
    platform.lines = lines;
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.snapshot().line(250)).toMatchObject({ id: '250' });
  });

  it('fetches the view and the first lines when it opens', async () => {
    const store = await opened(new FakePlatform(people(3)));
    const { view, total, heads } = store.snapshot();
    expect([view?.own.name, total, heads]).toEqual(['Priya Raman', 4, [0]]);
    expect(store.snapshot().line(3)).toMatchObject({ id: '3' });
    expect(store.snapshot().line(4)).toBeUndefined();
  });

  it('fetches at most four times a second, and the last change too', async () => {
    const platform = new FakePlatform();
    const store = await opened(platform);
    for (let change = 0; change < 100; change += 1) {
      platform.change();
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(250);
    const fetched = platform.calls.filter((call) => call === 'view').length;
    expect(fetched).toBeGreaterThan(2);
    expect(fetched).toBeLessThanOrEqual(6);
    expect(store.snapshot().view?.revision).toBe(101);
  });

  it('shows the old lines until the new ones arrive', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    let answer: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => (answer = resolve));
    const lines = platform.lines.bind(platform);
    platform.lines = async (start, count) => {
      await wait;
      return lines(start, count);
    };
    platform.change({}, [EVERYONE, person('9')]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.snapshot().line(1)).toMatchObject({ id: '1' });
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.snapshot().line(1)).toMatchObject({ id: '9' });
    expect(store.snapshot().total).toBe(2);
  });

  it('keeps the object of a line that did not change', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    const [first, second] = [store.snapshot().line(1), store.snapshot().line(2)];
    platform.change({}, [EVERYONE, person('1'), person('2', { name: 'Renamed' }), person('3')]);
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().line(1)).toBe(first);
    expect(store.snapshot().line(2)).not.toBe(second);
  });

  it('fetches the lines that come on screen, in one request and once', async () => {
    const platform = new FakePlatform(people(500));
    const store = await opened(platform);
    platform.calls.length = 0;
    store.setVisible(240, 260);
    store.setVisible(241, 261);
    await vi.advanceTimersByTimeAsync(0);
    expect(platform.calls).toEqual(['lines 200']);
    expect(store.snapshot().line(250)).toMatchObject({ id: '250' });
    store.setVisible(240, 260);
    await vi.advanceTimersByTimeAsync(0);
    expect(platform.calls).toHaveLength(1);
  });

  it('requests older parts again, and never shows two revisions', async () => {
    const platform = new FakePlatform(of(1));
    const store = await opened(platform);
    const seen = watched(store);
    // The list changes after the view and before the lines of one fetch.
    const view = platform.view.bind(platform);
    platform.view = () => {
      platform.view = view;
      const answer = view();
      platform.change({}, of(3));
      return answer;
    };
    platform.calls.length = 0;
    platform.change({}, of(2));
    await vi.advanceTimersByTimeAsync(250);
    expect(platform.calls).toEqual(['view', 'lines 0', 'view']);
    expect(seen).toEqual([3]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(platform.calls).toHaveLength(3);
  });

  it('limits its requests while the list changes faster than it can be read, and shows the last one', async () => {
    const platform = new FakePlatform(of(1));
    const store = await opened(platform);
    const seen = watched(store);
    const [view, lines] = [platform.view.bind(platform), platform.lines.bind(platform)];
    const moving = <T>(answer: T): T => {
      platform.change({}, of(platform.current.revision + 1));
      return answer;
    };
    platform.view = () => moving(view());
    platform.lines = (start, count) => moving(lines(start, count));
    platform.calls.length = 0;
    platform.change({}, of(2));
    await vi.advanceTimersByTimeAsync(5000);
    expect(platform.calls.length).toBeLessThan(90);
    expect(seen).toEqual([]);
    Object.assign(platform, { view, lines });
    await vi.advanceTimersByTimeAsync(500);
    expect(seen).toEqual([platform.current.revision]);
  });

  it('requests nothing for a revision that is shown already', async () => {
    const platform = new FakePlatform(of(1));
    await opened(platform);
    platform.calls.length = 0;
    platform.change({}, of(2));
    platform.change({}, of(3));
    await vi.advanceTimersByTimeAsync(2000);
    expect(platform.calls).toEqual(['view', 'lines 0']);
  });

  it('accepts lines that come on screen only with the view of their revision', async () => {
    const platform = new FakePlatform(of(1));
    const store = await opened(platform);
    const seen = watched(store);
    store.setVisible(100, 120);
    // Overtaken: the answer is of revision 1, and until it is taken revision 2 may be shown.
    platform.change({}, of(2));
    store.setVisible(200, 220);
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen.at(-1)).toBe(2);
    expect(store.snapshot().line(210)).toMatchObject({ name: '2' });
  });

  it('has each head in one place when rows move between two fetches', async () => {
    const everyone = people(60).slice(1);
    const favourites = (count: number) => Array.from({ length: count }, (_, index) => person(`favourite ${index}`));
    const platform = new FakePlatform([FAVOURITES, ...favourites(60), EVERYONE, ...everyone]);
    const store = await opened(platform);
    store.setVisible(50, 70);
    await vi.advanceTimersByTimeAsync(0);
    expect(store.snapshot().heads).toEqual([0, 61]);
    store.setVisible(0, 20);
    platform.change({}, [FAVOURITES, ...favourites(3), EVERYONE, ...everyone, ...favourites(60).slice(3)]);
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().heads).toEqual([0, 4]);
    expect(store.snapshot().afterFavourites).toBe(4);
    expect(store.snapshot().line(61)).toBeUndefined();
  });

  it('forgets the heads of another list', async () => {
    const platform = new FakePlatform([FAVOURITES, person('a'), EVERYONE, ...people(200).slice(1)]);
    const store = await opened(platform);
    store.setVisible(60, 80);
    await vi.advanceTimersByTimeAsync(0);
    const grouped = { ...platform.current.counts, grouped: true };
    platform.change({ counts: grouped }, [{ is: 'department', name: 'Billing' }, ...people(200).slice(1)]);
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().heads).toEqual([]);
  });

  it('keeps the row with the focus wherever the screen is', async () => {
    const platform = new FakePlatform(of(1));
    const store = await opened(platform);
    store.setVisible(200, 220, 3);
    await vi.advanceTimersByTimeAsync(0);
    platform.calls.length = 0;
    platform.change({}, of(2));
    await vi.advanceTimersByTimeAsync(300);
    expect(platform.calls).toEqual(['view', 'lines 0', 'lines 200']);
    expect(store.snapshot().line(3)).toMatchObject({ name: '2' });
    expect(store.snapshot().line(210)).toMatchObject({ name: '2' });
  });

  it('keeps the object of a row that only moved', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    const third = store.snapshot().line(3);
    platform.change({}, [EVERYONE, person('3'), person('1'), person('2')]);
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().line(1)).toBe(third);
  });

  it('never shows two revisions at once, nor a person twice, whatever happens while it fetches', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('look' as const), first: fc.nat(280), height: fc.nat(90), focused: fc.nat(300) }),
      fc.record({ do: fc.constant('change' as const), turn: fc.nat(299) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(300) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.array(fc.nat(40), { minLength: 1 }),
        async (steps, late) => {
          const platform = new FakePlatform(of(1));
          const [view, lines] = [platform.view.bind(platform), platform.lines.bind(platform)];
          let asked = 0;
          const travel = async () => {
            asked += 1;
            const ms = late[asked % late.length] ?? 0;
            await new Promise((resolve) => setTimeout(resolve, ms));
          };
          // Questions and answers overtake each other.
          const later = async <T>(answer: () => Promise<T>): Promise<T> => {
            await travel();
            const answered = await answer();
            await travel();
            return answered;
          };
          platform.view = () => later(view);
          platform.lines = (start, count) => later(() => lines(start, count));
          const store = await opened(platform);
          const seen = watched(store);
          for (const what of steps) {
            if (what.do === 'look') store.setVisible(what.first, what.first + what.height, what.focused);
            if (what.do === 'change') platform.change({}, of(platform.current.revision + 1, what.turn));
            if (what.do === 'wait') await vi.advanceTimersByTimeAsync(what.ms);
          }
          await vi.advanceTimersByTimeAsync(2000);
          expect(store.snapshot().view?.revision).toBe(platform.current.revision);
          expect(seen).not.toContain(TORN);
          expect(seen).toEqual([...seen].sort((one, other) => one - other));
          store.suspend();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not replace a newer answer by an older one', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    platform.change({}, [EVERYONE, person('new')]);
    await vi.advanceTimersByTimeAsync(300);
    const old: Line[] = people(3);
    platform.lines = (start) => Promise.resolve({ revision: 1, start, total: 4, lines: old });
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().line(1)).toMatchObject({ id: 'new' });
  });

  it('keeps what it shows when the controller does not answer, and requests again at the next change', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    const view = platform.view.bind(platform);
    platform.view = () => Promise.reject(new Error('ended'));
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().view?.revision).toBe(1);
    platform.view = view;
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().view?.revision).toBe(3);
  });

  it('requests nothing after it was closed', async () => {
    const platform = new FakePlatform();
    const store = new DrawerStore(platform);
    const close = store.open();
    await vi.advanceTimersByTimeAsync(1000);
    close();
    await vi.advanceTimersByTimeAsync(0);
    const before = platform.calls.length;
    platform.change();
    await vi.advanceTimersByTimeAsync(1000);
    expect(platform.calls.length).toBe(before);
  });

  it('fetches nothing while it is suspended, and the current state when it resumes', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    store.suspend();
    const before = platform.calls.length;
    platform.change({}, [EVERYONE, person('9')]);
    store.setVisible(0, 10);
    await vi.advanceTimersByTimeAsync(5000);
    expect(platform.calls.length).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
    await store.resume();
    expect(store.snapshot().view?.revision).toBe(2);
    expect(store.snapshot().line(1)).toMatchObject({ id: '9' });
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.snapshot().view?.revision).toBe(3);
  });
});

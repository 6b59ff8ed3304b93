import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Line } from '../src/bindings/Line';
import { DrawerStore } from '../src/drawer/store';
import { EVERYONE, FakePlatform, people, person } from './fake';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function opened(platform: FakePlatform): Promise<DrawerStore> {
  const store = new DrawerStore(platform);
  store.open();
  await vi.advanceTimersByTimeAsync(0);
  return store;
}

describe('the store', () => {
  it('fetches the view and the first lines when it opens', async () => {
    const store = await opened(new FakePlatform(people(3)));
    const { view, total, heads } = store.shown();
    expect([view?.own.name, total, heads]).toEqual(['Priya Raman', 4, [0]]);
    expect(store.shown().line(3)).toMatchObject({ id: '3' });
    expect(store.shown().line(4)).toBeUndefined();
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
    expect(store.shown().view?.revision).toBe(101);
  });

  it('shows the old lines until the new ones are there', async () => {
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
    expect(store.shown().line(1)).toMatchObject({ id: '1' });
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.shown().line(1)).toMatchObject({ id: '9' });
    expect(store.shown().total).toBe(2);
  });

  it('keeps the object of a line that did not change', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    const [first, second] = [store.shown().line(1), store.shown().line(2)];
    platform.change({}, [EVERYONE, person('1'), person('2', { name: 'Renamed' }), person('3')]);
    await vi.advanceTimersByTimeAsync(300);
    expect(store.shown().line(1)).toBe(first);
    expect(store.shown().line(2)).not.toBe(second);
  });

  it('fetches the lines that come into sight, in one question and once', async () => {
    const platform = new FakePlatform(people(500));
    const store = await opened(platform);
    platform.calls.length = 0;
    store.look(240, 260);
    store.look(241, 261);
    await vi.advanceTimersByTimeAsync(0);
    expect(platform.calls).toEqual(['lines 200']);
    expect(store.shown().line(250)).toMatchObject({ id: '250' });
    store.look(240, 260);
    await vi.advanceTimersByTimeAsync(0);
    expect(platform.calls).toHaveLength(1);
  });

  it('does not put an older answer over a newer one', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    platform.change({}, [EVERYONE, person('new')]);
    await vi.advanceTimersByTimeAsync(300);
    const old: Line[] = people(3);
    platform.lines = (start) => Promise.resolve({ revision: 1, start, total: 4, lines: old });
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.shown().line(1)).toMatchObject({ id: 'new' });
  });

  it('keeps what it shows when the controller does not answer, and asks again at the next change', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    const view = platform.view.bind(platform);
    platform.view = () => Promise.reject(new Error('ended'));
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.shown().view?.revision).toBe(1);
    platform.view = view;
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.shown().view?.revision).toBe(3);
  });

  it('asks for nothing after it was closed', async () => {
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

  it('is at rest while nobody sees it, and knows what is true now when it wakes', async () => {
    const platform = new FakePlatform(people(3));
    const store = await opened(platform);
    store.rest();
    const before = platform.calls.length;
    platform.change({}, [EVERYONE, person('9')]);
    store.look(0, 10);
    await vi.advanceTimersByTimeAsync(5000);
    expect(platform.calls.length).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
    await store.wake();
    expect(store.shown().view?.revision).toBe(2);
    expect(store.shown().line(1)).toMatchObject({ id: '9' });
    platform.change();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.shown().view?.revision).toBe(3);
  });
});

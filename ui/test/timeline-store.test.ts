import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { TimelineStore } from '../src/settings/timelineStore';
import { decision, decisions, FakeSettings } from './fakeSettings';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function opened(platform: FakeSettings): Promise<TimelineStore> {
  const store = new TimelineStore(platform);
  store.open();
  await vi.advanceTimersByTimeAsync(0);
  return store;
}

function times(store: TimelineStore): number[] {
  return (store.snapshot().lines ?? []).map(({ at }) => Date.parse(at) / 1000);
}

/** From the first number down to the last, both included. */
function down(first: number, last: number): number[] {
  return Array.from({ length: first - last + 1 }, (_, index) => first - index);
}

/** Answers with what is so now, after so many ms, until it is asked to be in time again. */
function late(platform: FakeSettings, offset: number, after: number): () => void {
  const ask = platform.timeline.bind(platform);
  const now = ask('all', offset, 100);
  platform.timeline = () => new Promise((answer) => setTimeout(() => void now.then(answer), after));
  return () => {
    platform.timeline = ask;
  };
}

describe('the store of the timeline', () => {
  it('reads older decisions in parts, until there are none', async () => {
    const platform = new FakeSettings(decisions(250));
    const store = await opened(platform);
    expect(times(store)).toEqual(down(250, 151));
    for (const last of [51, 1]) {
      store.more();
      store.more();
      await vi.advanceTimersByTimeAsync(0);
      expect(times(store)).toEqual(down(250, last));
    }
    store.more();
    expect(platform.calls).toEqual(['all 0', 'all 100', 'all 200']);
  });

  it('keeps older decisions when a new one arrives', async () => {
    const platform = new FakeSettings(decisions(150));
    const store = await opened(platform);
    store.more();
    await vi.advanceTimersByTimeAsync(0);
    platform.change(decisions(152));
    await vi.advanceTimersByTimeAsync(250);
    expect(times(store)).toEqual(down(152, 1));
    expect(store.snapshot().hasMore).toBe(false);
  });

  it('shows no decision twice when one arrives while older ones are read', async () => {
    const platform = new FakeSettings(decisions(150));
    const store = await opened(platform);
    platform.change(decisions(151));
    store.more();
    await vi.advanceTimersByTimeAsync(250);
    expect(times(store)).toEqual(down(151, 1));
  });

  it('starts again when the new lines do not overlap with the shown ones', async () => {
    const platform = new FakeSettings(decisions(10));
    const store = await opened(platform);
    platform.change(decisions(500));
    await vi.advanceTimersByTimeAsync(250);
    expect(times(store)).toEqual(down(500, 401));
    expect(store.snapshot().hasMore).toBe(true);
  });

  it('requests at most four times a second, and shows the last change', async () => {
    const platform = new FakeSettings(decisions(1));
    const store = await opened(platform);
    for (let change = 2; change <= 100; change += 1) {
      platform.change(decisions(change));
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(250);
    expect(platform.calls.length).toBeLessThanOrEqual(6);
    expect(times(store)[0]).toBe(100);
  });

  it('does not show the answer for a tab that was left', async () => {
    const platform = new FakeSettings([decision(2, { isWritten: true }), decision(1)]);
    const store = new TimelineStore(platform);
    store.open();
    store.choose('written');
    store.choose('notWritten');
    await vi.advanceTimersByTimeAsync(0);
    expect(store.snapshot().tab).toBe('notWritten');
    expect(times(store)).toEqual([1]);
  });

  it('shows the newer answer of a tab that was left and chosen again', async () => {
    const platform = new FakeSettings(decisions(1));
    const store = await opened(platform);
    const inTime = late(platform, 0, 100);
    platform.change();
    await vi.advanceTimersByTimeAsync(250);
    inTime();
    store.choose('written');
    platform.change(decisions(2));
    store.choose('all');
    await vi.advanceTimersByTimeAsync(500);
    expect(times(store)).toEqual([2, 1]);
  });

  it('leaves no gap when the list starts again while older decisions are read', async () => {
    const platform = new FakeSettings(decisions(300));
    const store = await opened(platform);
    const inTime = late(platform, 100, 1000);
    store.more();
    inTime();
    platform.change(decisions(800));
    await vi.advanceTimersByTimeAsync(2000);
    expect(times(store)).toEqual(down(800, 701));
  });

  it('keeps what it shows when a request is not answered', async () => {
    const platform = new FakeSettings(decisions(2));
    const store = await opened(platform);
    platform.broken = true;
    platform.change();
    await vi.advanceTimersByTimeAsync(250);
    expect(times(store)).toEqual([2, 1]);
    expect(store.snapshot().failed).toBe(true);
  });
});

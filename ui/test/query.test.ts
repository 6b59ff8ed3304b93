import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { RefreshLoop, Query, type ChangeSource } from '../src/query';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Questions that the test answers itself. */
class Questions<T> {
  readonly #open: { resolve: (answer: T) => void; reject: (reason: Error) => void }[] = [];
  /** When each was put, in ms since the test began. */
  readonly put: number[] = [];
  readonly #begun = Date.now();

  readonly ask = (): Promise<T> => {
    this.put.push(Date.now() - this.#begun);
    return new Promise((resolve, reject) => this.#open.push({ resolve, reject }));
  };

  async answer(index: number, answer: T): Promise<void> {
    this.#open[index]?.resolve(answer);
    await vi.advanceTimersByTimeAsync(0);
  }

  async refuse(index: number): Promise<void> {
    this.#open[index]?.reject(new Error('ending'));
    await vi.advanceTimersByTimeAsync(0);
  }
}

/** A platform whose registration the test answers. */
class Registration implements ChangeSource {
  readonly listening = new Questions<() => void>();
  changed: (revision: number) => void = () => undefined;
  stopped = 0;

  onChanged(changed: (revision: number) => void): Promise<() => void> {
    this.changed = changed;
    return this.listening.ask();
  }

  readonly stop = (): void => {
    this.stopped += 1;
  };
}

describe('a loop', () => {
  it('runs at most four times a second, however often it is requested', async () => {
    const work = vi.fn(() => Promise.resolve());
    const loop = new RefreshLoop({ run: work });
    for (let ask = 0; ask < 100; ask += 1) {
      loop.schedule();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(work.mock.calls.length).toBeGreaterThanOrEqual(4);
    expect(work.mock.calls.length).toBeLessThanOrEqual(5);
  });

  it('runs once more if it was requested during a run, and never twice at once', async () => {
    const questions = new Questions<void>();
    const loop = new RefreshLoop({ run: questions.ask });
    loop.schedule();
    await vi.advanceTimersByTimeAsync(0);
    for (let ask = 0; ask < 3; ask += 1) loop.schedule();
    await vi.advanceTimersByTimeAsync(5000);
    expect(questions.put).toHaveLength(1);
    await questions.answer(0, undefined);
    await vi.advanceTimersByTimeAsync(5000);
    expect(questions.put).toHaveLength(2);
  });

  it('retries after one, two and five seconds, and starts with one second again after a success', async () => {
    const results = [false, false, false, false, true, false, true];
    const at: number[] = [];
    const begun = Date.now();
    const loop = new RefreshLoop({
      run: () => {
        at.push(Date.now() - begun);
        return results[at.length - 1] ? Promise.resolve() : Promise.reject(new Error('ending'));
      },
    });
    loop.schedule();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(at).toEqual([0, 1000, 3000, 8000, 13_000]);
    loop.schedule();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(at.slice(5)).toEqual([60_000, 61_000]);
  });

  it('does not wait for its back-off on request', async () => {
    const work = vi.fn(() => Promise.reject(new Error('ending')));
    const loop = new RefreshLoop({ run: work });
    loop.schedule();
    await vi.advanceTimersByTimeAsync(0);
    await loop.runNow();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('does nothing after it was stopped, even if the run in progress fails', async () => {
    const questions = new Questions<void>();
    const loop = new RefreshLoop({ run: questions.ask });
    loop.schedule();
    await vi.advanceTimersByTimeAsync(0);
    loop.schedule();
    loop.stop();
    await questions.refuse(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(questions.put).toHaveLength(1);
  });
});

describe('a query', () => {
  it('reads once no later change can be missed', async () => {
    const platform = new Registration();
    const questions = new Questions<string>();
    const query = new Query(questions.ask);
    query.follow(platform);
    await vi.advanceTimersByTimeAsync(5000);
    expect(questions.put).toEqual([]);
    await platform.listening.answer(0, platform.stop);
    await questions.answer(0, 'first');
    expect(query.snapshot()).toMatchObject({ value: 'first', failed: false });
  });

  it('registers again after a failure, and reports the failure meanwhile', async () => {
    const platform = new Registration();
    const query = new Query(() => Promise.resolve('read'));
    query.follow(platform);
    await vi.advanceTimersByTimeAsync(0);
    await platform.listening.refuse(0);
    expect(query.snapshot()).toMatchObject({ value: null, failed: true });
    await vi.advanceTimersByTimeAsync(1000);
    await platform.listening.answer(1, platform.stop);
    expect(query.snapshot()).toMatchObject({ value: 'read', failed: false });
  });

  it('keeps the last answer after a failure', async () => {
    const answers = [Promise.resolve('read'), Promise.reject(new Error('ending'))];
    const query = new Query(() => answers.shift() ?? Promise.resolve('again'));
    await query.refetch();
    await query.refetch();
    expect(query.snapshot()).toMatchObject({ value: 'read', failed: true, loading: false });
    await vi.advanceTimersByTimeAsync(1000);
    expect(query.snapshot()).toMatchObject({ value: 'again', failed: false, loading: false });
  });

  it('drops the answer to an older request, and its failure', async () => {
    const questions = new Questions<string>();
    const query = new Query(questions.ask);
    void query.refetch();
    void query.refetch();
    await questions.refuse(0);
    expect(query.snapshot()).toMatchObject({ value: null, failed: false, loading: true });
    await questions.answer(1, 'new');
    expect(query.snapshot()).toMatchObject({ value: 'new', failed: false, loading: false });
  });

  it('ends its registration when it is closed, also a late one, and drops a late answer', async () => {
    const platform = new Registration();
    const questions = new Questions<string>();
    const query = new Query(questions.ask);
    query.follow(platform);
    await vi.advanceTimersByTimeAsync(0);
    query.close();
    await platform.listening.answer(0, platform.stop);
    expect(platform.stopped).toBe(1);
    await questions.answer(0, 'late');
    expect(query.snapshot().value).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(questions.put.length).toBeLessThanOrEqual(1);
  });

  it('requests nothing once it is closed, until it follows a source again', async () => {
    const platform = new Registration();
    const questions = new Questions<string>();
    const query = new Query(questions.ask);
    query.follow(platform);
    query.close();
    query.refresh();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(questions.put).toEqual([]);
    query.follow(platform);
    await vi.advanceTimersByTimeAsync(0);
    await platform.listening.answer(0, platform.stop);
    expect(questions.put).toHaveLength(1);
  });
});

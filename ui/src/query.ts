// How a window reads what the platform shows: again after every change, not too often, one question at a time, and
// again by itself after a failure. It knows nothing of what is read.
import { useEffect, useMemo, useSyncExternalStore } from 'react';

/** At most four readings a second, in ms. */
const PAUSE = 250;
/** What failed is tried again after so many ms; the last one stays. */
const BACK_OFF = [1000, 2000, 5000] as const;

let moments = 0;

/** A number that grows each time: what comes before what. A clock may give two events the same time. */
export function moment(): number {
  moments += 1;
  return moments;
}

/** Those who want to know of a change. */
export class Listeners {
  readonly #all = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  };

  emit(): void {
    for (const listener of this.#all) listener();
  }
}

/** Work that is done again and again. */
export class Loop {
  readonly #work: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;
  #failures = 0;
  #again = false;
  #running = false;
  /** Grows with each begin and stop: what began before asks for nothing more. */
  #turn = 0;

  /** `work` rejects if it has to be tried again by itself. */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Does the work soon, once for all who ask meanwhile, and not beside what is under way. */
  ask(): void {
    if (this.#running) this.#again = true;
    else this.#arm(Math.max(0, this.#notBefore - Date.now()));
  }

  /** Does the work at once: what is under way answers an older question. Done when it was done or failed. */
  async run(): Promise<void> {
    this.stop();
    this.#running = true;
    this.#notBefore = Date.now() + PAUSE;
    const turn = this.#turn;
    const failed = await this.#work().then(
      () => false,
      () => true,
    );
    if (turn !== this.#turn) return;
    this.#running = false;
    const wait = failed ? BACK_OFF[Math.min(this.#failures, BACK_OFF.length - 1)] : undefined;
    this.#failures = failed ? this.#failures + 1 : 0;
    if (this.#again) this.ask();
    else if (wait !== undefined) this.#arm(wait);
  }

  /** Ends everything but what is under way, until it is asked for again. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
    this.#running = false;
    this.#turn += 1;
  }

  #arm(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), wait);
  }
}

/** Something that reports when what it shows has changed. */
export interface Changing {
  onChanged(changed: (revision: number) => void): Promise<() => void>;
}

/** Registers for something to be reported, as often as it takes: a registration can fail like any other question. */
export class Following {
  readonly #register: () => Promise<() => void>;
  #listening: Promise<() => void> | undefined;

  /** `register` answers what ends it. */
  constructor(register: () => Promise<() => void>) {
    this.#register = register;
  }

  /** Done when nothing later can be missed; rejects if that failed. */
  async begin(): Promise<void> {
    const listening = (this.#listening ??= this.#register());
    await listening.catch((reason: unknown) => {
      if (this.#listening === listening) this.#listening = undefined;
      throw reason;
    });
  }

  end(): void {
    const listening = this.#listening;
    this.#listening = undefined;
    listening?.then(
      (stop) => {
        stop();
      },
      () => undefined,
    );
  }
}

/** What is known of something that is read; a new object for every answer. */
export interface Read<T> {
  /** The last answer, which stays until the next; none until the first. */
  value: T | null;
  /** True if the last question had no answer. */
  failed: boolean;
  /** True while somebody waits for the answer to [`Query.run`]. */
  asking: boolean;
  /** When the question of `value` was put, by [`moment`]; what was asked for before is in it. */
  at: number;
}

/** Something that is read whole. */
export class Query<T> {
  readonly #read: () => Promise<T>;
  readonly #listeners = new Listeners();
  readonly #loop = new Loop(() => this.#work());
  #following: Following | undefined;
  #closed = false;
  #shown: Read<T> = { value: null, failed: false, asking: false, at: 0 };
  /** Grows when what is under way does not count any more. */
  #question = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Reads it now and after every change of the platform, until [`Query.close`]. */
  follow(platform: Changing): void {
    this.#following?.end();
    this.#closed = false;
    this.#following = new Following(() => platform.onChanged(this.refresh));
    this.refresh();
  }

  /** Drops what is under way, and reads nothing more until it is followed again: nobody looks. */
  close(): void {
    this.#closed = true;
    this.#question += 1;
    this.#following?.end();
    this.#following = undefined;
    this.#loop.stop();
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Read<T> => this.#shown;

  /** Reads it again, soon. */
  readonly refresh = (): void => {
    if (!this.#closed) this.#loop.ask();
  };

  /** Asks another question, or the same at once: an answer to the one before is dropped. */
  readonly run = async (): Promise<void> => {
    this.#question += 1;
    this.#show({ asking: true });
    await this.#loop.run();
  };

  async #work(): Promise<void> {
    const question = this.#question;
    const at = moment();
    try {
      if (this.#following) await this.#following.begin();
      const value = await this.#read();
      if (question === this.#question) this.#show({ value, failed: false, asking: false, at });
    } catch (reason) {
      if (question === this.#question) this.#show({ failed: true, asking: false });
      throw reason;
    }
  }

  #show(changes: Partial<Read<T>>): void {
    this.#shown = { ...this.#shown, ...changes };
    this.#listeners.emit();
  }
}

/**
 * What `read` answers as long as something is on the page, and how to ask again. `read` is a constant: it must name
 * nothing of a component.
 */
export function useQuery<P extends Changing, T>(
  platform: P,
  read: (platform: P) => Promise<T>,
): [read: Read<T>, refresh: () => void] {
  const query = useMemo(() => new Query(() => read(platform)), [platform, read]);
  const shown = useSyncExternalStore(query.subscribe, query.shown);
  useEffect(() => {
    query.follow(platform);
    return () => {
      query.close();
    };
  }, [query, platform]);
  return [shown, query.refresh];
}

/** Registers for something to be reported as long as a part is on the page. `register` does not change between renders. */
export function useFollowing(register: () => Promise<() => void>): void {
  useEffect(() => {
    const following = new Following(register);
    const loop = new Loop(() => following.begin());
    void loop.run();
    return () => {
      loop.stop();
      following.end();
    };
  }, [register]);
}

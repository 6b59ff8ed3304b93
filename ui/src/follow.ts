// What every store does: it tells its listeners, follows the platform, and fetches soon but not too often. It knows
// nothing of what is fetched.
import { useEffect, useState, useSyncExternalStore } from 'react';

/** At most four fetches a second, in ms. */
const PAUSE = 250;

/** Those who want to know of a change. */
export class Listeners {
  readonly #all = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  };

  tell(): void {
    for (const listener of this.#all) listener();
  }
}

/** Something that is done soon, once for all that ask for it meanwhile. */
export class Soon {
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  ask(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#notBefore = Date.now() + PAUSE;
        this.#work();
      },
      Math.max(0, this.#notBefore - Date.now()),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Something that says when what it shows has changed. */
interface Changing {
  onChanged(changed: () => void): Promise<() => void>;
}

/** Refreshes now and after every change; the answer ends it. */
export function follow(platform: Changing, refresh: () => void, soon: Soon): () => void {
  const listening = platform.onChanged(refresh);
  refresh();
  return () => {
    soon.stop();
    void listening.then((stop) => {
      stop();
    });
  };
}

/** What is known of something that is read whole; a new object for every answer. */
export interface Read<T> {
  /** The last answer, which stays until the next; none until the first. */
  value: T | null;
  /** True when the last question had no answer. */
  failed: boolean;
}

/** Reads something whole, now and after every change, one question at a time. */
export class Latest<T> {
  readonly #platform: Changing;
  readonly #ask: () => Promise<T>;
  readonly #listeners = new Listeners();
  readonly #soon = new Soon(() => void this.#read());
  #shown: Read<T> = { value: null, failed: false };
  #asking = false;

  constructor(platform: Changing, ask: () => Promise<T>) {
    this.#platform = platform;
    this.#ask = ask;
  }

  /** Starts to follow the platform; the answer stops it. */
  open(): () => void {
    return follow(this.#platform, this.refresh, this.#soon);
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Read<T> => this.#shown;

  /** Reads it again, soon. */
  readonly refresh = (): void => {
    this.#soon.ask();
  };

  async #read(): Promise<void> {
    // The answers to two questions would be told in any order.
    if (this.#asking) {
      this.refresh();
      return;
    }
    this.#asking = true;
    try {
      this.#shown = { value: await this.#ask(), failed: false };
    } catch {
      this.#shown = { ...this.#shown, failed: true };
    }
    this.#asking = false;
    this.#listeners.tell();
  }
}

/** The same as long as something is on the page, and how to ask again. */
export function useLatest<T>(platform: Changing, ask: () => Promise<T>): [read: Read<T>, again: () => void] {
  const [latest] = useState(() => new Latest(platform, ask));
  const read = useSyncExternalStore(latest.subscribe, latest.shown);
  useEffect(() => latest.open(), [latest]);
  return [read, latest.refresh];
}

// What every store does: it tells its listeners, follows the platform, and fetches soon but not too often. It knows
// nothing of what is fetched.

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

// How a window reads what the platform shows: again after every change, at most four times a second, one request at a
// time, and again after a failure. It knows nothing of what is read.
import { useEffect, useMemo, useSyncExternalStore } from 'react';

/** At most four readings a second, in ms. */
const PAUSE = 250;
/** How long to wait after each failure in a row, in ms; the last one repeats. */
const BACK_OFF = [1000, 2000, 5000] as const;

let sequence = 0;

/** A number that grows with each call, to order two events. A clock may give both the same time. */
export function nextSequence(): number {
  sequence += 1;
  return sequence;
}

/** The subscribers to a change. */
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

/** Registers for changes; the answer ends the registration. */
type Register = () => Promise<() => void>;

/** A registration for changes. It is retried: a registration can fail like any other request. */
class Subscription {
  readonly #register: Register;
  #registered: Promise<() => void> | undefined;

  constructor(register: Register) {
    this.#register = register;
  }

  /** Resolves once no later change can be missed; rejects if the registration failed. */
  async start(): Promise<void> {
    const registered = (this.#registered ??= this.#register());
    await registered.catch((reason: unknown) => {
      if (this.#registered === registered) this.#registered = undefined;
      throw reason;
    });
  }

  end(): void {
    const registered = this.#registered;
    this.#registered = undefined;
    registered?.then(
      (stop) => {
        stop();
      },
      () => undefined,
    );
  }
}

/** What a piece of repeated work does. */
interface Work {
  /** Does the work once; rejects if it has to be retried. `isCurrent` is false once its result no longer counts. */
  run: (isCurrent: () => boolean) => Promise<void>;
  /** Called after a failure that still counts. */
  failed?: () => void;
}

/** Work that is repeated: on request, at most four times a second, never twice at once, and again after a failure. */
export class RefreshLoop {
  readonly #work: Work;
  #subscription: Subscription | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;
  #failures = 0;
  #isRequested = false;
  #isRunning = false;
  /** Grows with each start and stop; the result of an older turn does not count. */
  #turn = 0;

  constructor(work: Work) {
    this.#work = work;
  }

  /** True while the work is being done. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Registers for changes before the next run, until [`RefreshLoop.unfollow`]. */
  follow(register: Register): void {
    this.#subscription?.end();
    this.#subscription = new Subscription(register);
  }

  /** Ends the registration and stops. */
  unfollow(): void {
    this.stop();
    this.#subscription?.end();
    this.#subscription = undefined;
  }

  /** Runs the work soon, or once more after the current run. Several requests cause one run. */
  schedule(): void {
    if (this.#isRunning) this.#isRequested = true;
    else this.#startTimer(Math.max(0, this.#notBefore - Date.now()));
  }

  /** Runs the work now; a run that is in progress no longer counts. Resolves when the run succeeded or failed. */
  async runNow(): Promise<void> {
    this.stop();
    this.#isRunning = true;
    this.#notBefore = Date.now() + PAUSE;
    const turn = this.#turn;
    const isCurrent = () => turn === this.#turn;
    const failed = await this.#attempt(isCurrent).then(
      () => false,
      () => true,
    );
    if (!isCurrent()) return;
    this.#isRunning = false;
    const wait = failed ? BACK_OFF[Math.min(this.#failures, BACK_OFF.length - 1)] : undefined;
    this.#failures = failed ? this.#failures + 1 : 0;
    if (failed) this.#work.failed?.();
    if (this.#isRequested) this.schedule();
    else if (wait !== undefined) this.#startTimer(wait);
  }

  /** Cancels everything that is scheduled. The result of a run in progress no longer counts. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isRequested = false;
    this.#isRunning = false;
    this.#turn += 1;
  }

  async #attempt(isCurrent: () => boolean): Promise<void> {
    if (this.#subscription) await this.#subscription.start();
    await this.#work.run(isCurrent);
  }

  #startTimer(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.runNow(), wait);
  }
}

/** Something that reports when what it shows has changed. */
export interface ChangeSource {
  onChanged(changed: (revision: number) => void): Promise<() => void>;
}

/** The state of a query; a new object for every answer. */
export interface QueryState<T> {
  /** The last answer, which stays until the next; none until the first. */
  value: T | null;
  /** True if the last request failed. */
  failed: boolean;
  /** True while a request of [`Query.refetch`] is in progress. */
  loading: boolean;
  /** When the request for `value` was sent, by [`nextSequence`]: its answer includes every change made before. */
  sequence: number;
}

/** Something that is read as a whole. */
export class Query<T> {
  readonly #read: () => Promise<T>;
  readonly #listeners = new Listeners();
  readonly #loop = new RefreshLoop({
    run: (isCurrent) => this.#fetch(isCurrent),
    failed: () => {
      this.#update({ failed: true, loading: false });
    },
  });
  #isClosed = false;
  #state: QueryState<T> = { value: null, failed: false, loading: false, sequence: 0 };

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Reads now and after every change of the source, until [`Query.close`]. */
  follow(source: ChangeSource): void {
    this.#isClosed = false;
    this.#loop.follow(() => source.onChanged(this.refresh));
    this.refresh();
  }

  /** Drops what is in progress, and reads nothing more until it follows a source again. */
  close(): void {
    this.#isClosed = true;
    this.#loop.unfollow();
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly snapshot = (): QueryState<T> => this.#state;

  /** Reads again, soon. */
  readonly refresh = (): void => {
    if (!this.#isClosed) this.#loop.schedule();
  };

  /** Reads at once, because the question has changed or the person asked. Drops the answer to an earlier request. */
  readonly refetch = async (): Promise<void> => {
    this.#update({ loading: true });
    await this.#loop.runNow();
  };

  async #fetch(isCurrent: () => boolean): Promise<void> {
    const requested = nextSequence();
    const value = await this.#read();
    if (isCurrent()) this.#update({ value, failed: false, loading: false, sequence: requested });
  }

  #update(changes: Partial<QueryState<T>>): void {
    this.#state = { ...this.#state, ...changes };
    this.#listeners.emit();
  }
}

/**
 * The answer of `read`, kept up to date while the component is mounted, and how to read it again. `read` must be a
 * constant that uses nothing of a component.
 */
export function useQuery<P extends ChangeSource, T>(
  platform: P,
  read: (platform: P) => Promise<T>,
): [state: QueryState<T>, refetch: () => void] {
  const query = useMemo(() => new Query(() => read(platform)), [platform, read]);
  const state = useSyncExternalStore(query.subscribe, query.snapshot);
  useEffect(() => {
    query.follow(platform);
    return () => {
      query.close();
    };
  }, [query, platform]);
  return [state, query.refresh];
}

/** Registers for reports while the component is mounted. `register` must not change between renders. */
export function useSubscription(register: Register): void {
  useEffect(() => {
    const loop = new RefreshLoop({ run: () => Promise.resolve() });
    loop.follow(register);
    void loop.runNow();
    return () => {
      loop.unfollow();
    };
  }, [register]);
}

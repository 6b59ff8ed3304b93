// The state of the drawer: a view and the lines of the same revision. It only fetches; it sorts and filters nothing and
// writes no texts. What is shown stays until all of a newer revision has arrived, so that the list never flashes empty
// and never shows one person in two places.
import type { Line } from '../bindings/Line';
import type { Lines } from '../bindings/Lines';
import type { View } from '../bindings/View';
import type { Platform } from '../platform/platform';
import { Listeners, RefreshLoop } from '../query';
import {
  headAfterFavourites,
  headsAfter,
  isOtherList,
  keepEqual,
  lineKey,
  sectionsOf,
  type Heads,
  type SectionAt,
} from './lines';
import { keepParts, type Since } from './parts';
import { Photos } from './photos';

/** Lines are kept in chunks of this many. */
const CHUNK = 50;
/** How often parts of an older revision are requested again, before they are left for the next fetch. */
const ROUNDS = 3;
/** Older than any revision. */
const NONE = -1;

/** One state of the drawer; a new object for every change. */
export interface DrawerState {
  /** None until the first answer. */
  view: View | null;
  /** True if the last request failed. */
  failed: boolean;
  /** How many lines the whole list has. */
  total: number;
  /** The sections, top down, as far as their heads were fetched; those off screen may have moved since. */
  sections: readonly SectionAt[];
  /** The indexes of their heads. */
  heads: readonly number[];
  /** The index of the first head after the favourites; none while it is not known. */
  afterFavourites: number | undefined;
  /** The line at an index, if it has been fetched in the revision of the view. */
  line(index: number): Line | undefined;
  /** When this was fetched, in ms. */
  fetchedAt: number;
  /** When each part of the view was first fetched with its current value, in ms. */
  since: Since;
}

/** The chunks from `first` to `last`. */
interface Span {
  first: number;
  last: number;
}

type Chunks = ReadonlyMap<number, readonly Line[]>;

export class DrawerStore {
  /** The photos of the rows. */
  readonly photos: Photos;
  readonly #platform: Platform;
  readonly #listeners = new Listeners();
  readonly #loop = new RefreshLoop({
    run: () => this.#fetch(),
    failed: () => {
      this.#update({ failed: true });
    },
  });
  /** The chunks that are being fetched for the revision that is shown. */
  readonly #requested = new Set<number>();
  /** The chunks of the view's revision. */
  #chunks: Chunks = new Map();
  #heads: Heads = new Map();
  #state: DrawerState = {
    view: null,
    failed: false,
    total: 0,
    sections: [],
    heads: [],
    afterFavourites: undefined,
    line: () => undefined,
    fetchedAt: 0,
    since: {},
  };
  /** What is on screen. */
  #screen: Span = { first: 0, last: 0 };
  /** The chunk of the row with the focus, which is fetched wherever the screen is. */
  #focused: number | undefined;
  /** The newest revision that was reported. */
  #newest = NONE;
  #isSuspended = false;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.photos = new Photos(platform);
  }

  /** Starts to follow the platform; the answer stops it. */
  open(): () => void {
    this.#loop.follow(() => this.#platform.onChanged(this.#onRevision));
    // At once and without a timer: the timers of a page that is not visible yet are late.
    void this.resume();
    return () => {
      this.suspend();
      this.#loop.unfollow();
    };
  }

  /** Fetches nothing while the window is closed. */
  suspend(): void {
    this.#isSuspended = true;
    this.#loop.stop();
    this.#newest = NONE;
    this.#screen = { first: 0, last: 0 };
    this.#focused = undefined;
  }

  /** Fetches the current state; resolves when it is shown. */
  readonly resume = async (): Promise<void> => {
    this.#isSuspended = false;
    await this.#loop.runNow();
  };

  readonly subscribe = this.#listeners.subscribe;

  readonly snapshot = (): DrawerState => this.#state;

  /** Takes the lines on screen, first and last included, and the one with the focus, and fetches those that are missing. */
  readonly setVisible = (first: number, last: number, focused?: number): void => {
    if (this.#isSuspended) return;
    this.#screen = { first: chunkOf(first), last: chunkOf(Math.max(first, last)) };
    this.#focused = focused === undefined ? undefined : chunkOf(focused);
    this.#fill();
  };

  readonly #onRevision = (revision: number): void => {
    if (this.#isSuspended) return;
    this.#newest = Math.max(this.#newest, revision);
    // A fetch in progress checks at its end whether it is behind.
    if (!this.#loop.isRunning && this.#isBehind()) this.#loop.schedule();
  };

  #isBehind(): boolean {
    return this.#newest > this.#revision();
  }

  #revision(): number {
    return this.#state.view?.revision ?? NONE;
  }

  async #fetch(): Promise<void> {
    await this.#fetchAll();
    if (this.#isBehind() && !this.#isSuspended) this.#loop.schedule();
  }

  async #fetchAll(): Promise<void> {
    const spans = this.#spans();
    let view: View | undefined;
    let answers: Lines[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const [before, linesBefore] = [view, answers];
      const newest = Math.max(before?.revision ?? NONE, ...linesBefore.map(({ revision }) => revision));
      [view, answers] = await Promise.all([
        before?.revision === newest ? Promise.resolve(before) : this.#platform.view(),
        Promise.all(
          spans.map((span, index) => {
            const answer = linesBefore[index];
            return answer?.revision === newest ? Promise.resolve(answer) : this.#lines(span);
          }),
        ),
      ]);
      const { revision } = view;
      if (answers.every((answer) => answer.revision === revision)) {
        this.#accept(view, answers);
        return;
      }
      // The list changes faster than it can be read. What is shown stays, and is of one revision.
      this.#newest = Math.max(this.#newest, revision, ...answers.map((answer) => answer.revision));
    }
  }

  /** Fetches the chunks that are needed and missing. */
  #fill(): void {
    const { total } = this.#state;
    const isMissing = (chunk: number) =>
      chunk * CHUNK < total && !this.#chunks.has(chunk) && !this.#requested.has(chunk);
    const missing = this.#spans().filter((span) => chunksOf(span).some(isMissing));
    if (missing.length > 0) void this.#fetchLines(missing);
  }

  async #fetchLines(spans: readonly Span[]): Promise<void> {
    const chunks = spans.flatMap(chunksOf);
    for (const chunk of chunks) this.#requested.add(chunk);
    let answers: Lines[];
    try {
      answers = await Promise.all(spans.map((span) => this.#lines(span)));
    } catch {
      if (!this.#isSuspended) this.#loop.schedule();
      return;
    } finally {
      for (const chunk of chunks) this.#requested.delete(chunk);
    }
    const { view } = this.#state;
    const same = answers.filter(({ revision }) => revision === view?.revision);
    if (view && same.length > 0) this.#accept(view, same);
    // The others belong to a newer view.
    if (same.length < answers.length) this.#onRevision(this.#revision() + 1);
  }

  #lines({ first, last }: Span): Promise<Lines> {
    return this.#platform.lines(first * CHUNK, (last - first + 1) * CHUNK);
  }

  /** The chunks that are needed: the screen last, because the platform takes the last request for it. */
  #spans(): Span[] {
    const [focused, { first, last }] = [this.#focused, this.#screen];
    const apart = focused !== undefined && (focused < first || focused > last);
    return [...(apart ? [{ first: focused, last: focused }] : []), this.#screen];
  }

  /** Shows lines of the view's revision, together with those of the same revision that were fetched before. */
  #accept(view: View, answers: readonly Lines[]): void {
    const before = this.#state.view;
    if (before && before.revision > view.revision) return;
    const same = before?.revision === view.revision;
    const known = new Map([...this.#chunks.values()].flat().map((line) => [lineKey(line), line]));
    const chunks = new Map(same ? this.#chunks : []);
    let heads: Heads = before && isOtherList(before.counts, view.counts) ? new Map() : this.#heads;
    let total = 0;
    for (const answer of answers) {
      const { start, lines } = answer;
      total = answer.total;
      heads = headsAfter(heads, answer);
      for (let offset = 0; offset < lines.length; offset += CHUNK) {
        chunks.set(chunkOf(start + offset), keepEqual(lines.slice(offset, offset + CHUNK), known));
      }
    }
    [this.#chunks, this.#heads] = [chunks, heads];
    const sections = sectionsOf(heads);
    const now = Date.now();
    this.#update({
      ...keepParts(view, this.#state, now),
      failed: false,
      total,
      sections,
      heads: sections.map(({ at }) => at),
      afterFavourites: headAfterFavourites(heads),
      line: (index) => chunks.get(chunkOf(index))?.[index % CHUNK],
      fetchedAt: now,
    });
  }

  #update(changes: Partial<DrawerState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#listeners.emit();
  }
}

function chunkOf(index: number): number {
  return Math.floor(index / CHUNK);
}

function chunksOf({ first, last }: Span): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

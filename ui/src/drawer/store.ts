// What the drawer shows now: a view and the lines of the same revision. It only fetches; it never sorts, filters or
// words anything. What is shown stays until all of a newer revision is there, so that the list never flashes empty
// and never shows one person in two places.
import type { Line } from '../bindings/Line';
import type { Lines } from '../bindings/Lines';
import type { View } from '../bindings/View';
import type { Platform } from '../platform/platform';
import { Following, Listeners, Loop } from '../query';
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
/** So often what is older than the rest of an answer is asked for again, before it is left for the next time. */
const ROUNDS = 3;
/** Older than any revision. */
const NONE = -1;

/** One state of the drawer; a new object for every change. */
export interface Shown {
  /** None until the first answer. */
  view: View | null;
  /** True if the last question had no answer. */
  failed: boolean;
  /** How many lines the whole list has. */
  total: number;
  /** The sections, top down, as far as their heads were ever fetched; those out of sight may have moved since. */
  sections: readonly SectionAt[];
  /** The indexes of their heads. */
  heads: readonly number[];
  /** The index of the first head after the favourites; none while it is not known. */
  afterFavourites: number | undefined;
  /** The line at an index, if it has been fetched in the revision of the view. */
  line(index: number): Line | undefined;
  /** When this was fetched, in ms. */
  at: number;
  /** When each part of the view was first fetched as it is, in ms. */
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
  readonly #loop = new Loop(() => this.#fetch());
  /** The chunks that are being fetched for the revision that is shown. */
  readonly #asked = new Set<number>();
  /** All of the revision of the view. */
  #chunks: Chunks = new Map();
  #heads: Heads = new Map();
  #shown: Shown = {
    view: null,
    failed: false,
    total: 0,
    sections: [],
    heads: [],
    afterFavourites: undefined,
    line: () => undefined,
    at: 0,
    since: {},
  };
  /** What is on screen. */
  #screen: Span = { first: 0, last: 0 };
  /** The chunk of the row with the focus, which exists wherever the screen is. */
  #focused: number | undefined;
  #following: Following | undefined;
  /** The newest revision that was heard of. */
  #heardOf = NONE;
  #fetching = false;
  #resting = false;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.photos = new Photos(platform);
  }

  /** Starts to follow the platform; the answer stops it. */
  open(): () => void {
    const following = new Following(() => this.#platform.onChanged(this.#heard));
    this.#following = following;
    // At once and by no timer: those of a page that is not seen yet are late.
    void this.wake();
    return () => {
      this.rest();
      following.end();
    };
  }

  /** Nobody sees it: nothing is fetched. */
  rest(): void {
    this.#resting = true;
    this.#loop.stop();
    this.#heardOf = NONE;
    this.#screen = { first: 0, last: 0 };
    this.#focused = undefined;
  }

  /** Fetches what is true now; done when it is shown. */
  readonly wake = async (): Promise<void> => {
    this.#resting = false;
    await this.#loop.run();
  };

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Shown => this.#shown;

  /** The lines on screen, first and last included, and the one with the focus: what is missing of them is fetched. */
  readonly look = (first: number, last: number, focused?: number): void => {
    if (this.#resting) return;
    this.#screen = { first: chunkOf(first), last: chunkOf(Math.max(first, last)) };
    this.#focused = focused === undefined ? undefined : chunkOf(focused);
    this.#fill();
  };

  readonly #heard = (revision: number): void => {
    if (this.#resting) return;
    this.#heardOf = Math.max(this.#heardOf, revision);
    // At its end a fetch asks again for what it did not read.
    if (!this.#fetching && this.#isBehind()) this.#loop.ask();
  };

  #isBehind(): boolean {
    return this.#heardOf > this.#revision();
  }

  #revision(): number {
    return this.#shown.view?.revision ?? NONE;
  }

  async #fetch(): Promise<void> {
    this.#fetching = true;
    try {
      await this.#following?.begin();
      await this.#fetchAll();
    } catch (reason) {
      this.#show({ failed: true });
      throw reason;
    } finally {
      this.#fetching = false;
    }
    if (this.#isBehind() && !this.#resting) this.#loop.ask();
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
        this.#take(view, answers);
        return;
      }
      // It changes faster than it can be read. What is shown stays, and is of one revision.
      this.#heardOf = Math.max(this.#heardOf, revision, ...answers.map((answer) => answer.revision));
    }
  }

  /** Fetches what has to exist and does not. */
  #fill(): void {
    const { total } = this.#shown;
    const isMissing = (chunk: number) => chunk * CHUNK < total && !this.#chunks.has(chunk) && !this.#asked.has(chunk);
    const missing = this.#spans().filter((span) => chunksOf(span).some(isMissing));
    if (missing.length > 0) void this.#fetchLines(missing);
  }

  async #fetchLines(spans: readonly Span[]): Promise<void> {
    const chunks = spans.flatMap(chunksOf);
    for (const chunk of chunks) this.#asked.add(chunk);
    let answers: Lines[];
    try {
      answers = await Promise.all(spans.map((span) => this.#lines(span)));
    } catch {
      if (!this.#resting) this.#loop.ask();
      return;
    } finally {
      for (const chunk of chunks) this.#asked.delete(chunk);
    }
    const { view } = this.#shown;
    const same = answers.filter(({ revision }) => revision === view?.revision);
    if (view && same.length > 0) this.#take(view, same);
    // The others come with a view of their own.
    if (same.length < answers.length) this.#heard(this.#revision() + 1);
  }

  #lines({ first, last }: Span): Promise<Lines> {
    return this.#platform.lines(first * CHUNK, (last - first + 1) * CHUNK);
  }

  /** What has to exist: the screen last, because the platform takes the last question for it. */
  #spans(): Span[] {
    const [focused, { first, last }] = [this.#focused, this.#screen];
    const apart = focused !== undefined && (focused < first || focused > last);
    return [...(apart ? [{ first: focused, last: focused }] : []), this.#screen];
  }

  /** Shows lines of the view's revision, beside those of the same revision that are there. */
  #take(view: View, answers: readonly Lines[]): void {
    const before = this.#shown.view;
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
    this.#show({
      ...keepParts(view, this.#shown, now),
      failed: false,
      total,
      sections,
      heads: sections.map(({ at }) => at),
      afterFavourites: headAfterFavourites(heads),
      line: (index) => chunks.get(chunkOf(index))?.[index % CHUNK],
      at: now,
    });
  }

  #show(changes: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...changes };
    this.#listeners.emit();
  }
}

function chunkOf(index: number): number {
  return Math.floor(index / CHUNK);
}

function chunksOf({ first, last }: Span): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

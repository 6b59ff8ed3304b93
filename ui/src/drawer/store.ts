// What the drawer shows now: the last view and the lines fetched so far. It only fetches; it never sorts, filters
// or words anything. Old lines stay until newer ones are there, so that the list never flashes empty.
import type { Line } from '../bindings/Line';
import type { Lines } from '../bindings/Lines';
import type { View } from '../bindings/View';
import { Listeners, Soon } from '../follow';
import type { Platform } from '../platform/platform';

/** Lines are asked for in chunks of this many. */
const CHUNK = 50;

interface Chunk {
  revision: number;
  lines: readonly Line[];
}

/** One state of the drawer; a new object for every change. */
export interface Shown {
  /** None until the first answer. */
  view: View | null;
  /** How many lines the whole list has. */
  total: number;
  /** The indexes of the section heads, as far as they have been fetched. */
  heads: readonly number[];
  /** The line at an index, if it has been fetched. */
  line(index: number): Line | undefined;
  /** When this was fetched, in ms. */
  at: number;
}

export class DrawerStore {
  readonly #platform: Platform;
  readonly #listeners = new Listeners();
  readonly #soon = new Soon(() => {
    this.#again = false;
    void this.#refresh();
  });
  readonly #asked = new Set<number>();
  #chunks: ReadonlyMap<number, Chunk> = new Map();
  #shown: Shown = { view: null, total: 0, heads: [], line: () => undefined, at: 0 };
  #range = { first: 0, last: CHUNK - 1 };
  #fetching: Promise<void> | undefined;
  #again = false;
  #resting = false;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Starts to follow the platform; the answer stops it. */
  open(): () => void {
    const listening = this.#platform.onChanged(this.#refreshSoon);
    // At once and by no timer: those of a page that is not seen yet are late.
    void this.wake();
    return () => {
      this.rest();
      void listening.then((stop) => {
        stop();
      });
    };
  }

  /** Nobody sees it: nothing is fetched. */
  rest(): void {
    this.#resting = true;
    this.#soon.stop();
    this.#again = false;
    this.#range = { first: 0, last: CHUNK - 1 };
  }

  /** Fetches what is true now; done when it is shown. */
  async wake(): Promise<void> {
    this.#resting = false;
    // What is under way was asked for before.
    await this.#fetching;
    await this.#refresh();
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Shown => this.#shown;

  /** The lines on screen, first and last included: what is missing or old among them is fetched. */
  readonly look = (first: number, last: number): void => {
    if (this.#resting) return;
    this.#range = { first, last };
    const revision = this.#shown.view?.revision ?? 0;
    const wanted = this.#visible().filter(
      (chunk) => !this.#asked.has(chunk) && (this.#chunks.get(chunk)?.revision ?? -1) < revision,
    );
    if (wanted.length > 0) void this.#fetchLines(wanted);
  };

  readonly #refreshSoon = (): void => {
    if (this.#resting) return;
    if (this.#fetching) this.#again = true;
    else this.#soon.ask();
  };

  async #refresh(): Promise<void> {
    this.#fetching = this.#fetch();
    await this.#fetching;
    this.#fetching = undefined;
    if (this.#again) this.#refreshSoon();
  }

  async #fetch(): Promise<void> {
    try {
      const view = await this.#platform.view();
      const answers = await this.#ask(this.#visible());
      this.#take(answers, view);
    } catch {
      // The controller is ending. What is shown stays.
    }
  }

  async #fetchLines(chunks: readonly number[]): Promise<void> {
    for (const chunk of chunks) this.#asked.add(chunk);
    try {
      this.#take(await this.#ask(chunks), this.#shown.view);
    } catch {
      // As above.
    } finally {
      for (const chunk of chunks) this.#asked.delete(chunk);
    }
  }

  #ask(chunks: readonly number[]): Promise<Lines[]> {
    return Promise.all(chunks.map((chunk) => this.#platform.lines(chunk * CHUNK, CHUNK)));
  }

  #visible(): number[] {
    const first = Math.floor(this.#range.first / CHUNK);
    const last = Math.floor(this.#range.last / CHUNK);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  #take(answers: readonly Lines[], view: View | null): void {
    const chunks = new Map(this.#chunks);
    for (const { revision, start, lines } of answers) {
      const index = start / CHUNK;
      const old = chunks.get(index);
      if (old && old.revision > revision) continue;
      chunks.set(index, { revision, lines: keepEqual(lines, old?.lines ?? []) });
    }
    const newest = answers.reduce<Lines | undefined>(
      (best, answer) => (best && best.revision > answer.revision ? best : answer),
      undefined,
    );
    const total = newest?.total ?? this.#shown.total;
    for (const index of chunks.keys()) if (index * CHUNK >= total) chunks.delete(index);
    this.#chunks = chunks;
    this.#shown = {
      view,
      total,
      heads: headsOf(chunks),
      line: (index) => (index < total ? chunks.get(Math.floor(index / CHUNK))?.lines[index % CHUNK] : undefined),
      at: Date.now(),
    };
    this.#listeners.tell();
  }
}

/** The new lines, with the old object wherever nothing changed: such a row is not drawn again. */
function keepEqual(lines: readonly Line[], old: readonly Line[]): Line[] {
  return lines.map((line, index) => {
    const before = old[index];
    return before && JSON.stringify(before) === JSON.stringify(line) ? before : line;
  });
}

function headsOf(chunks: ReadonlyMap<number, Chunk>): number[] {
  const heads: number[] = [];
  for (const [index, { lines }] of chunks) {
    for (const [offset, line] of lines.entries()) if (line.is === 'section') heads.push(index * CHUNK + offset);
  }
  return heads.sort((one, other) => one - other);
}

// What the timeline's page shows: the newest decisions, and older ones as far as somebody scrolled. It only fetches;
// it never sorts or words anything. What is shown stays until something newer is there.
import type { TimelineLine } from '../bindings/TimelineLine';
import type { TimelineTab } from '../bindings/TimelineTab';
import type { WhyAnswer } from '../bindings/WhyAnswer';
import type { SettingsPlatform } from '../platform/platform';
import { Following, Listeners, Loop } from '../query';

/** So many lines are asked for at once. */
export const CHUNK = 100;

/** One state of the page; a new object for every change. */
export interface Shown {
  tab: TimelineTab;
  /** None until the first answer. */
  answer: WhyAnswer | null;
  /** The lines of the tab, newest first; none until its first answer. */
  lines: readonly TimelineLine[] | null;
  hasMore: boolean;
  /** True when the last question had no answer. */
  failed: boolean;
}

export class TimelineStore {
  readonly #platform: SettingsPlatform;
  readonly #listeners = new Listeners();
  readonly #loop = new Loop(() => this.#newest());
  #shown: Shown = { tab: 'all', answer: null, lines: null, hasMore: false, failed: false };
  #following: Following | undefined;
  #older = false;
  /** Grows when the lines that are shown begin again: what was asked before does not fit them. */
  #list = 0;

  constructor(platform: SettingsPlatform) {
    this.#platform = platform;
  }

  /** Starts to follow the platform; the answer stops it. */
  open(): () => void {
    const following = new Following(() => this.#platform.onChanged(this.refresh));
    this.#following = following;
    this.refresh();
    return () => {
      this.#loop.stop();
      following.end();
    };
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Shown => this.#shown;

  /** Shows another tab. */
  readonly choose = (tab: TimelineTab): void => {
    if (tab === this.#shown.tab) return;
    this.#list += 1;
    this.#show({ tab, lines: null, hasMore: false, failed: false });
    void this.#loop.run();
  };

  /** Reads the newest lines again, soon. */
  readonly refresh = (): void => {
    this.#loop.ask();
  };

  /** Reads the lines before the oldest one that is shown. */
  readonly more = (): void => {
    if (this.#older || !this.#shown.hasMore) return;
    this.#older = true;
    void this.#next().finally(() => {
      this.#older = false;
    });
  };

  async #newest(): Promise<void> {
    const { tab } = this.#shown;
    const list = this.#list;
    try {
      await this.#following?.begin();
      const page = await this.#platform.timeline(tab, 0, CHUNK);
      if (list !== this.#list) return;
      const rest = this.#shown.lines && older(this.#shown.lines, page.lines);
      if (!rest) this.#list += 1;
      this.#show({
        answer: page.answer,
        lines: [...page.lines, ...(rest ?? [])],
        hasMore: rest ? this.#shown.hasMore : page.hasMore,
        failed: false,
      });
    } catch (reason) {
      if (list === this.#list) this.#show({ failed: true });
      throw reason;
    }
  }

  async #next(): Promise<void> {
    const { tab, lines } = this.#shown;
    if (!lines) return;
    const list = this.#list;
    try {
      const page = await this.#platform.timeline(tab, lines.length, CHUNK);
      if (list !== this.#list || !this.#shown.lines) return;
      // A decision in between moves the others on by one: what is shown already comes once more.
      const known = new Set(this.#shown.lines.map(nameOf));
      const fresh = page.lines.filter((line) => !known.has(nameOf(line)));
      this.#show({ lines: [...this.#shown.lines, ...fresh], hasMore: page.hasMore });
    } catch {
      // What is shown stays; the next scroll asks again.
    }
  }

  #show(changes: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...changes };
    this.#listeners.emit();
  }
}

/** Names a decision; its reason may still change, when it is confirmed. */
export function nameOf({ at, glyph, seen, done }: TimelineLine): string {
  return [at, glyph, seen, done].join('\n');
}

/** The shown lines that are older than the newest ones; none if the two do not meet. */
function older(shown: readonly TimelineLine[], newest: readonly TimelineLine[]): readonly TimelineLine[] | null {
  const last = newest.at(-1);
  if (!last) return null;
  const meeting = shown.findIndex((line) => nameOf(line) === nameOf(last));
  return meeting < 0 ? null : shown.slice(meeting + 1);
}

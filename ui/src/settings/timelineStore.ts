// The state of the timeline page: the newest decisions, and older ones as far as the person scrolled. It only fetches; it
// sorts nothing and writes no texts. What is shown stays until something newer arrives.
import type { TimelineLine } from '../bindings/TimelineLine';
import type { TimelineTab } from '../bindings/TimelineTab';
import type { WhyAnswer } from '../bindings/WhyAnswer';
import type { SettingsPlatform } from '../platform/platform';
import { Listeners, RefreshLoop } from '../query';

/** How many lines are requested at once. */
export const CHUNK = 100;

/** One state of the page; a new object for every change. */
export interface TimelineState {
  tab: TimelineTab;
  /** None until the first answer. */
  answer: WhyAnswer | null;
  /** The lines of the tab, newest first; none until its first answer. */
  lines: readonly TimelineLine[] | null;
  hasMore: boolean;
  /** True if the last request failed. */
  failed: boolean;
}

export class TimelineStore {
  readonly #platform: SettingsPlatform;
  readonly #listeners = new Listeners();
  readonly #loop = new RefreshLoop({
    run: (isCurrent) => this.#fetchNewest(isCurrent),
    failed: () => {
      this.#update({ failed: true });
    },
  });
  #state: TimelineState = { tab: 'all', answer: null, lines: null, hasMore: false, failed: false };
  #isFetchingOlder = false;
  /** Grows when the list of lines starts again: older lines that were requested before do not belong to it. */
  #list = 0;

  constructor(platform: SettingsPlatform) {
    this.#platform = platform;
  }

  /** Starts to follow the platform; the answer stops it. */
  open(): () => void {
    this.#loop.follow(() => this.#platform.onChanged(this.refresh));
    this.refresh();
    return () => {
      this.#loop.unfollow();
    };
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly snapshot = (): TimelineState => this.#state;

  /** Shows another tab. */
  readonly choose = (tab: TimelineTab): void => {
    if (tab === this.#state.tab) return;
    this.#list += 1;
    this.#update({ tab, lines: null, hasMore: false, failed: false });
    void this.#loop.runNow();
  };

  /** Reads the newest lines again, soon. */
  readonly refresh = (): void => {
    this.#loop.schedule();
  };

  /** Reads the lines before the oldest one that is shown. */
  readonly more = (): void => {
    if (this.#isFetchingOlder || !this.#state.hasMore) return;
    this.#isFetchingOlder = true;
    void this.#fetchOlder().finally(() => {
      this.#isFetchingOlder = false;
    });
  };

  async #fetchNewest(isCurrent: () => boolean): Promise<void> {
    const page = await this.#platform.timeline(this.#state.tab, 0, CHUNK);
    if (!isCurrent()) return;
    const rest = this.#state.lines && olderThan(page.lines, this.#state.lines);
    if (!rest) this.#list += 1;
    this.#update({
      answer: page.answer,
      lines: [...page.lines, ...(rest ?? [])],
      hasMore: rest ? this.#state.hasMore : page.hasMore,
      failed: false,
    });
  }

  async #fetchOlder(): Promise<void> {
    const { tab, lines } = this.#state;
    if (!lines) return;
    const list = this.#list;
    try {
      const page = await this.#platform.timeline(tab, lines.length, CHUNK);
      if (list !== this.#list || !this.#state.lines) return;
      // A decision that was added meanwhile shifts the offset, so the page repeats a line that is shown already.
      const known = new Set(this.#state.lines.map(nameOf));
      const fresh = page.lines.filter((line) => !known.has(nameOf(line)));
      this.#update({ lines: [...this.#state.lines, ...fresh], hasMore: page.hasMore });
    } catch {
      // The lines that are shown stay; the next scroll requests the older ones again.
    }
  }

  #update(changes: Partial<TimelineState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#listeners.emit();
  }
}

/** Identifies a decision. Its reason is left out: it changes when the decision is confirmed. */
export function nameOf({ at, glyph, seen, done }: TimelineLine): string {
  return [at, glyph, seen, done].join('\n');
}

/** The lines of `shown` that are older than all of `newest`; none if the two lists do not overlap. */
function olderThan(newest: readonly TimelineLine[], shown: readonly TimelineLine[]): readonly TimelineLine[] | null {
  const last = newest.at(-1);
  if (!last) return null;
  const meeting = shown.findIndex((line) => nameOf(line) === nameOf(last));
  return meeting < 0 ? null : shown.slice(meeting + 1);
}

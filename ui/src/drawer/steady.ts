// What comes and goes above the list (banner, call bar, cards, missed calls) does not move the rows under the pointer:
// the list is scrolled by the same amount, or a gap stays where something was. Once the pointer is away, a list that
// was at its start is there again.
import { useLayoutEffect, useState, type RefObject } from 'react';

/** So long after something has moved a press on it is not taken, in ms. */
export const TOO_SOON = 300;

/** Where the rows are, in px. */
export interface Place {
  /** How far the list is scrolled. */
  scroll: number;
  /** What is left free above the list. */
  gap: number;
  /** What is left free below the rows, so that a short list can be scrolled too. */
  end: number;
}

interface Room {
  /** The height of the list as it is now, with the gap of the place before. */
  view: number;
  /** The height of all rows. */
  rows: number;
  /** True while the pointer is where rows would move under it. */
  held: boolean;
  /** True if the person has not scrolled away from the start. */
  atStart: boolean;
}

const START: Place = { scroll: 0, gap: 0, end: 0 };

/** Where the rows are to be after what is above the list has grown by so much (or shrunk, below 0). */
export function placeAfter(by: number, { scroll, gap }: Place, { view, rows, held, atStart }: Room): Place {
  if (!held && atStart) return START;
  const wanted = scroll - gap + by;
  const next = { scroll: Math.max(0, wanted), gap: held ? Math.max(0, -wanted) : 0 };
  return { ...next, end: held ? Math.max(0, next.scroll + view + gap - next.gap - rows) : 0 };
}

/** The parts of the page that this is about. */
interface Parts {
  /** All that may come and go above the list. */
  above: HTMLElement;
  /** The gap between it and the list. */
  gap: HTMLElement;
  list: HTMLElement;
  /** The room below the rows. */
  end: HTMLElement;
}

/** Keeps the rows in their place on the screen. */
export class Steady {
  #parts: Parts | null = null;
  #pointer: { x: number; y: number } | null = null;
  #atStart = true;
  /** Where the list was last scrolled by itself. */
  #own: number | null = null;
  #place = START;
  #movedAt = -Infinity;

  /** Starts to keep these parts; the answer stops it. */
  open(parts: Parts): () => void {
    this.#parts = parts;
    const { above, list } = parts;
    let { height } = above.getBoundingClientRect();
    // It is called after the layout and before the paint: nobody sees the rows elsewhere.
    const observer = new ResizeObserver(() => {
      const now = above.getBoundingClientRect().height;
      const by = now - height;
      height = now;
      if (by !== 0) this.#change(parts, by);
    });
    observer.observe(above);
    const ending = new AbortController();
    const { signal } = ending;
    list.addEventListener('scroll', this.#scrolled, { signal });
    window.addEventListener('pointermove', this.#moves, { signal });
    document.documentElement.addEventListener('pointerleave', this.#leaves, { signal });
    return () => {
      observer.disconnect();
      ending.abort();
      this.#parts = null;
    };
  }

  /** True while the pointer is where rows would move under it. */
  held(): boolean {
    // The whole part of the page and not the list alone: what is above it goes away from under the pointer too.
    const whole = this.#parts?.list.parentElement?.getBoundingClientRect();
    if (!this.#pointer || !whole) return false;
    const { x, y } = this.#pointer;
    return x >= whole.left && x < whole.right && y >= whole.top && y < whole.bottom;
  }

  /** To be called before the list is scrolled to `offset` by itself. */
  scrolls(offset: number): void {
    this.#own = offset;
  }

  /** True if the rows have just moved all the same. */
  moved(): boolean {
    return performance.now() - this.#movedAt < TOO_SOON;
  }

  #change(parts: Parts, by: number): void {
    const { list, end } = parts;
    const before = { ...this.#place, scroll: list.scrollTop };
    const next = placeAfter(by, before, {
      view: list.clientHeight,
      rows: end.getBoundingClientRect().top - list.getBoundingClientRect().top + before.scroll,
      held: this.held(),
      atStart: this.#atStart,
    });
    if (next.scroll - next.gap !== before.scroll - before.gap + by) this.#movedAt = performance.now();
    this.#set(parts, next);
  }

  #set({ gap, list, end }: Parts, next: Place): void {
    this.#place = next;
    gap.style.height = `${next.gap}px`;
    end.style.height = `${next.end}px`;
    if (list.scrollTop === next.scroll) return;
    this.scrolls(next.scroll);
    list.scrollTop = next.scroll;
  }

  #settle(): void {
    if (!this.#parts || this.held()) return;
    const { gap, end } = this.#place;
    const isAway = this.#atStart && this.#parts.list.scrollTop > 0;
    if (gap > 0 || end > 0 || isAway) this.#change(this.#parts, 0);
  }

  readonly #scrolled = (): void => {
    if (!this.#parts) return;
    const offset = this.#parts.list.scrollTop;
    if (this.#own !== null && Math.abs(offset - this.#own) < 2) return;
    this.#own = null;
    this.#atStart = offset <= 0;
    // Who scrolls moves the rows, and needs no gap.
    if (this.#place.gap > 0) this.#set(this.#parts, { ...this.#place, scroll: offset, gap: 0 });
  };

  readonly #moves = ({ clientX: x, clientY: y, pointerType }: PointerEvent): void => {
    // A finger points at nothing once it is lifted.
    this.#pointer = pointerType === 'touch' ? null : { x, y };
    this.#settle();
  };

  readonly #leaves = (): void => {
    this.#pointer = null;
    this.#settle();
  };
}

type Refs = { [Part in keyof Parts]: RefObject<HTMLElement | null> };

/** The same for the parts of a component. */
export function useSteady({ above, gap, list, end }: Refs): Steady {
  const [steady] = useState(() => new Steady());
  useLayoutEffect(() => {
    const [top, space, rows, rest] = [above.current, gap.current, list.current, end.current];
    if (!top || !space || !rows || !rest || typeof ResizeObserver === 'undefined') return;
    return steady.open({ above: top, gap: space, list: rows, end: rest });
  }, [steady, above, gap, list, end]);
  return steady;
}

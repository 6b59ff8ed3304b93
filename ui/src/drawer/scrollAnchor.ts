// Keeps the rows in place when something appears or disappears above the list (banner, call bar, cards, missed calls): the
// list is scrolled by the same amount, or a gap is left. Once the pointer has left, a list that was at its top returns
// there.
import { useLayoutEffect, useState, type RefObject } from 'react';

/** How long after something has moved a press on it is ignored, in ms. */
export const TOO_SOON = 300;

/** Where the rows are, in px. */
export interface Place {
  /** How far the list is scrolled. */
  scroll: number;
  /** The height of the gap above the list. */
  gap: number;
  /** The free space below the rows, so that a short list can be scrolled too. */
  end: number;
}

interface Room {
  /** The current height of the list, while the previous gap is still there. */
  view: number;
  /** The height of all rows. */
  rows: number;
  /** True while the pointer is over the list or what is above it. */
  pointerInside: boolean;
  /** True if the person has not scrolled away from the top. */
  atStart: boolean;
}

const START: Place = { scroll: 0, gap: 0, end: 0 };

/** Where the rows must be after the part above the list has grown by this many px (or shrunk, if negative). */
export function placeAfter(by: number, { scroll, gap }: Place, { view, rows, pointerInside, atStart }: Room): Place {
  if (!pointerInside && atStart) return START;
  const wanted = scroll - gap + by;
  const next = { scroll: Math.max(0, wanted), gap: pointerInside ? Math.max(0, -wanted) : 0 };
  return { ...next, end: pointerInside ? Math.max(0, next.scroll + view + gap - next.gap - rows) : 0 };
}

/** The elements that are measured and moved. */
interface Parts {
  /** Everything that may appear above the list. */
  above: HTMLElement;
  /** The gap between it and the list. */
  gap: HTMLElement;
  list: HTMLElement;
  /** The room below the rows. */
  end: HTMLElement;
}

/** Keeps the rows in place on the screen. */
export class ScrollAnchor {
  #parts: Parts | null = null;
  #pointer: { x: number; y: number } | null = null;
  #atStart = true;
  /** The offset to which the program scrolled the list last. */
  #ownScroll: number | null = null;
  #place = START;
  #movedAt = -Infinity;

  /** Starts to observe these elements; the answer stops it. */
  open(parts: Parts): () => void {
    this.#parts = parts;
    const { above, list } = parts;
    let { height } = above.getBoundingClientRect();
    // It is called after the layout and before the paint, so no frame shows the rows elsewhere.
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

  /** True while the pointer is over the list or what is above it. */
  isPointerInside(): boolean {
    // The parent and not the list alone: what is above the list can disappear from under the pointer too.
    const whole = this.#parts?.list.parentElement?.getBoundingClientRect();
    if (!this.#pointer || !whole) return false;
    const { x, y } = this.#pointer;
    return x >= whole.left && x < whole.right && y >= whole.top && y < whole.bottom;
  }

  /** Must be called before the program scrolls the list to `offset`. */
  expectScroll(offset: number): void {
    this.#ownScroll = offset;
  }

  /** True if the rows have just moved nevertheless. */
  justMoved(): boolean {
    return performance.now() - this.#movedAt < TOO_SOON;
  }

  #change(parts: Parts, by: number): void {
    const { list, end } = parts;
    const before = { ...this.#place, scroll: list.scrollTop };
    const next = placeAfter(by, before, {
      view: list.clientHeight,
      rows: end.getBoundingClientRect().top - list.getBoundingClientRect().top + before.scroll,
      pointerInside: this.isPointerInside(),
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
    this.expectScroll(next.scroll);
    list.scrollTop = next.scroll;
  }

  #settle(): void {
    if (!this.#parts || this.isPointerInside()) return;
    const { gap, end } = this.#place;
    const isAway = this.#atStart && this.#parts.list.scrollTop > 0;
    if (gap > 0 || end > 0 || isAway) this.#change(this.#parts, 0);
  }

  readonly #scrolled = (): void => {
    if (!this.#parts) return;
    const offset = this.#parts.list.scrollTop;
    if (this.#ownScroll !== null && Math.abs(offset - this.#ownScroll) < 2) return;
    this.#ownScroll = null;
    this.#atStart = offset <= 0;
    // A person who scrolls moves the rows anyway, so no gap is needed.
    if (this.#place.gap > 0) this.#set(this.#parts, { ...this.#place, scroll: offset, gap: 0 });
  };

  readonly #moves = ({ clientX: x, clientY: y, pointerType }: PointerEvent): void => {
    // A finger does not point at anything once it is lifted.
    this.#pointer = pointerType === 'touch' ? null : { x, y };
    this.#settle();
  };

  readonly #leaves = (): void => {
    this.#pointer = null;
    this.#settle();
  };
}

type Refs = { [Part in keyof Parts]: RefObject<HTMLElement | null> };

/** The same for the elements of a component. */
export function useScrollAnchor({ above, gap, list, end }: Refs): ScrollAnchor {
  const [anchor] = useState(() => new ScrollAnchor());
  useLayoutEffect(() => {
    const [top, space, rows, rest] = [above.current, gap.current, list.current, end.current];
    if (!top || !space || !rows || !rest || typeof ResizeObserver === 'undefined') return;
    return anchor.open({ above: top, gap: space, list: rows, end: rest });
  }, [anchor, above, gap, list, end]);
  return anchor;
}

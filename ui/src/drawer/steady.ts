// What comes and goes above the list (banner, call bar, cards, missed calls) does not move the rows under the pointer:
// the list is scrolled by the same amount, or a gap stays where something was. Once the pointer is away, a list that
// was at its start is there again.
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

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
  above: RefObject<HTMLElement | null>;
  /** The gap between it and the list. */
  gap: RefObject<HTMLElement | null>;
  list: RefObject<HTMLElement | null>;
  /** The room below the rows. */
  end: RefObject<HTMLElement | null>;
}

export interface Steady {
  /** True while the pointer is where rows would move under it. */
  held: () => boolean;
  /** To be told before the list is scrolled to `offset` by itself. */
  scrolls: (offset: number) => void;
  /** True if the rows have just moved all the same. */
  moved: () => boolean;
}

/** Keeps the rows in their place on the screen. */
export function useSteady({ above, gap, list, end }: Parts): Steady {
  const pointer = useRef<{ x: number; y: number } | null>(null);
  const atStart = useRef(true);
  /** Where the list was last scrolled by itself. */
  const own = useRef<number | null>(null);
  const place = useRef(START);
  const movedAt = useRef(-Infinity);

  // The whole part of the page and not the list alone: what is above it goes away from under the pointer too.
  const held = useCallback(() => {
    const whole = list.current?.parentElement?.getBoundingClientRect();
    if (!pointer.current || !whole) return false;
    const { x, y } = pointer.current;
    return x >= whole.left && x < whole.right && y >= whole.top && y < whole.bottom;
  }, [list]);
  const scrolls = useCallback((offset: number) => {
    own.current = offset;
  }, []);

  const set = useCallback(
    (next: Place) => {
      place.current = next;
      if (gap.current) gap.current.style.height = `${next.gap}px`;
      if (end.current) end.current.style.height = `${next.end}px`;
      if (!list.current || list.current.scrollTop === next.scroll) return;
      scrolls(next.scroll);
      list.current.scrollTop = next.scroll;
    },
    [gap, list, end, scrolls],
  );
  const change = useCallback(
    (by: number) => {
      const element = list.current;
      if (!element) return;
      const before = { ...place.current, scroll: element.scrollTop };
      const next = placeAfter(by, before, {
        view: element.clientHeight,
        rows: (end.current?.getBoundingClientRect().top ?? 0) - element.getBoundingClientRect().top + before.scroll,
        held: held(),
        atStart: atStart.current,
      });
      if (next.scroll - next.gap !== before.scroll - before.gap + by) movedAt.current = performance.now();
      set(next);
    },
    [list, end, held, set],
  );

  useLayoutEffect(() => {
    const element = above.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    let height = element.getBoundingClientRect().height;
    // It is told after the layout and before the paint: nobody sees the rows elsewhere.
    const observer = new ResizeObserver(() => {
      const now = element.getBoundingClientRect().height;
      const by = now - height;
      height = now;
      if (by !== 0) change(by);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [above, change]);

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const settle = () => {
      if (held()) return;
      const { gap, end } = place.current;
      if (gap > 0 || end > 0 || (atStart.current && element.scrollTop > 0)) change(0);
    };
    const scrolled = () => {
      const offset = element.scrollTop;
      if (own.current !== null && Math.abs(offset - own.current) < 2) return;
      own.current = null;
      atStart.current = offset <= 0;
      // Who scrolls moves the rows, and needs no gap.
      if (place.current.gap > 0) set({ ...place.current, scroll: offset, gap: 0 });
    };
    const moves = ({ clientX: x, clientY: y, pointerType }: PointerEvent) => {
      // A finger points at nothing once it is lifted.
      pointer.current = pointerType === 'touch' ? null : { x, y };
      settle();
    };
    const leaves = () => {
      pointer.current = null;
      settle();
    };
    element.addEventListener('scroll', scrolled);
    window.addEventListener('pointermove', moves);
    document.documentElement.addEventListener('pointerleave', leaves);
    return () => {
      element.removeEventListener('scroll', scrolled);
      window.removeEventListener('pointermove', moves);
      document.documentElement.removeEventListener('pointerleave', leaves);
    };
  }, [list, held, change, set]);

  const moved = useCallback(() => performance.now() - movedAt.current < TOO_SOON, []);
  return { held, scrolls, moved };
}

// The rows of the list in the document: which one an event came from, and giving one the focus.
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

const ROW = '[data-index]';

/** The row that an event came from. */
export function rowOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element ? target.closest<HTMLElement>(ROW) : null) ?? undefined;
}

/** Its index in the list. */
export function indexOf(target: EventTarget | null): number | undefined {
  const row = rowOf(target);
  return row ? Number(row.dataset.index) : undefined;
}

/** What can have the focus in a row: the person first, then the buttons. */
export function stopsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[tabindex]')];
}

/** The rows of the people that are drawn. */
function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(ROW)];
}

/** Gives the focus to the person of a row. */
export function focusRow(row: HTMLElement): void {
  stopsOf(row)[0]?.focus({ preventScroll: true });
}

/** What a button of a row does; none for anything else. */
export function deedOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-do]')?.dataset.do : undefined;
}

/** True if words in it are cut off. */
export function isCut(row: HTMLElement): boolean {
  return [...row.querySelectorAll('*')].some(
    // What is there for screen readers alone is a pixel wide.
    (part) => part.childElementCount === 0 && part.scrollWidth > part.clientWidth && part.clientWidth > 1,
  );
}

/** Where something is in the window, in px. */
export type Rect = Pick<DOMRect, 'x' | 'y' | 'left' | 'right' | 'top' | 'bottom' | 'width' | 'height'>;

/** The row's words begin so far from its left edge, in px. */
const INDENT = 60;

/** Where a menu of the row begins: under its words, or above them where there is no room. */
export function rectOf(row: HTMLElement): Rect {
  const { left, top, bottom, height } = row.getBoundingClientRect();
  const x = left + INDENT;
  return { x, y: top, left: x, right: x, top, bottom, width: 0, height };
}

interface Focus {
  /** The row that waits for the focus because it does not exist yet. */
  awaited: () => number | undefined;
  /** Gives the focus to the row at an index as soon as it exists: one far away has to be fetched first. */
  soon: (index: number) => void;
  /** Hears which row has the focus, and when it left for something else. */
  at: (row: HTMLElement | undefined) => void;
}

/**
 * The focus in the list. It stays there when the row that has it goes to another place or away, as a new favourite
 * does: then the same person has it where they are now, or, if they are not on screen, the row at `index`.
 */
export function useFocus(scroller: RefObject<HTMLElement | null>, index: number): Focus {
  const waiting = useRef<number | undefined>(undefined);
  const focused = useRef<{ row: HTMLElement; person: string | undefined } | undefined>(undefined);
  useLayoutEffect(() => {
    const rows = scroller.current;
    if (!rows) return;
    if (focused.current && document.activeElement === document.body) {
      const { row, person } = focused.current;
      const now = row.isConnected ? row : rowsIn(rows).find((other) => other.dataset.person === person);
      if (now) focusRow(now);
      else waiting.current ??= index;
    }
    if (waiting.current === undefined) return;
    const row = rows.querySelector<HTMLElement>(`[data-index="${waiting.current}"]`);
    if (!row) return;
    waiting.current = undefined;
    focusRow(row);
  });
  useEffect(() => {
    // Who presses anywhere else has left the list, even if nothing there takes the focus.
    const pressed = ({ target }: PointerEvent) => {
      if (!rowOf(target)) focused.current = undefined;
    };
    window.addEventListener('pointerdown', pressed);
    return () => {
      window.removeEventListener('pointerdown', pressed);
    };
  }, []);
  return {
    awaited: () => waiting.current,
    soon: (target) => {
      waiting.current = target;
    },
    at: (row) => {
      focused.current = row && { row, person: row.dataset.person };
    },
  };
}

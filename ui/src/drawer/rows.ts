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

/** The elements of a row that can have the focus: the person first, then the buttons. */
export function focusStopsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[tabindex]')];
}

/** The rows that are rendered. */
function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(ROW)];
}

/** Gives the focus to the person of a row. */
export function focusRow(row: HTMLElement): void {
  focusStopsOf(row)[0]?.focus({ preventScroll: true });
}

/** The `data-action` of a button in a row; none for anything else. */
export function rowActionOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-action]')?.dataset.action : undefined;
}

/** True if words in the row are cut off. */
export function isCut(row: HTMLElement): boolean {
  return [...row.querySelectorAll('*')].some(
    // Words for screen readers only are a pixel wide.
    (part) => part.childElementCount === 0 && part.scrollWidth > part.clientWidth && part.clientWidth > 1,
  );
}

/** Where something is in the window, in px. */
export type Rect = Pick<DOMRect, 'x' | 'y' | 'left' | 'right' | 'top' | 'bottom' | 'width' | 'height'>;

/** How far the row's words are from its left edge, in px. */
const INDENT = 60;

/** Where a menu of the row opens: under its words, or above them if there is no room. */
export function rectOf(row: HTMLElement): Rect {
  const { left, top, bottom, height } = row.getBoundingClientRect();
  const x = left + INDENT;
  return { x, y: top, left: x, right: x, top, bottom, width: 0, height };
}

interface Focus {
  /** The row that gets the focus once it is rendered. */
  awaited: () => number | undefined;
  /** Focuses the row at an index as soon as it is rendered: one far away has to be fetched first. */
  soon: (index: number) => void;
  /** Must be called with the row that gets the focus, and with none when the focus leaves the list. */
  at: (row: HTMLElement | undefined) => void;
}

/**
 * Keeps the focus in the list when the row that has it moves or disappears, as that of a new favourite does. The row of the
 * same person then gets it, or, if that is not on screen, the row at `index`.
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
    // A press elsewhere leaves the list, even if nothing there takes the focus.
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

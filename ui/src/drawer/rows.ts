// The rows of the list in the document: which one an event came from, and giving one the focus.
import { useEffect, useRef, type RefObject } from 'react';

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

/** Where something stands in the window, in px. */
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
  /** To be told which row has the focus, and when it left for something else. */
  at: (row: HTMLElement | undefined) => void;
}

/**
 * The focus in the list. It stays there when the row that has it goes to another place or away, as a new favourite
 * does: then the row that stands at `index` gets it.
 */
export function useFocus(scroller: RefObject<HTMLElement | null>, index: number): Focus {
  const waiting = useRef<number | undefined>(undefined);
  const focused = useRef<HTMLElement | undefined>(undefined);
  useEffect(() => {
    if (focused.current && document.activeElement === document.body) {
      if (focused.current.isConnected) focused.current.focus({ preventScroll: true });
      else waiting.current ??= index;
    }
    if (waiting.current === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${waiting.current}"]`);
    if (!row) return;
    waiting.current = undefined;
    row.focus({ preventScroll: true });
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
      focused.current = row;
    },
  };
}

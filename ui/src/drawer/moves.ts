// Keeps the rows on screen in place when rows above them are added or removed, and ignores a press on a row that has just
// moved. `scrollAnchor.ts` does the same for what appears above the list.
import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';

import { lineKey } from './lines';
import type { Sizes } from './sizes';
import { TOO_SOON, type ScrollAnchor } from './scrollAnchor';
import type { DrawerState } from './store';

/** How many lines from its old place a line is searched for. */
const NEAR = 100;

/** The lines on screen, first and last included. */
interface Screen {
  first: number;
  last: number;
}

/** How far each line that was on screen, and still is near it, has moved down, in px. */
export function movesOf(was: DrawerState, shown: DrawerState, { first, last }: Screen, sizes: Sizes): number[] {
  const now = new Map<string, number>();
  for (let index = Math.max(0, first - NEAR); index <= last + NEAR; index += 1) {
    const line = shown.line(index);
    if (line) now.set(lineKey(line), index);
  }
  const moves: number[] = [];
  for (let index = first; index <= last; index += 1) {
    const line = was.line(index);
    const at = line && now.get(lineKey(line));
    if (at !== undefined) moves.push(topOf(shown, at, sizes) - topOf(was, index, sizes));
  }
  return moves;
}

/** The move that more than half of the lines share, in px; 0 if there is none. */
export function commonOf(moves: readonly number[]): number {
  const sorted = [...moves].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return 2 * moves.filter((move) => move === middle).length > moves.length ? middle : 0;
}

function topOf({ heads }: DrawerState, index: number, { row, head }: Sizes): number {
  return index * row - heads.filter((at) => at < index).length * (row - head);
}

/**
 * Keeps the rows on screen in place during a change. The returned function is true if a row has just moved nevertheless.
 * A list of another `name` starts at the top.
 */
export function useMoves(
  list: Virtualizer<HTMLDivElement, Element>,
  shown: DrawerState,
  name: string,
  anchor: ScrollAnchor,
  sizes: Sizes,
): () => boolean {
  const { startIndex: first, endIndex: last } = list.range ?? { startIndex: 0, endIndex: 0 };
  const before = useRef({ shown, name, first, last });
  const movedAt = useRef(0);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { shown, name, first, last };
    if (was.shown === shown || was.name !== name) return;
    const moves = movesOf(was.shown, shown, was, sizes);
    const offset = list.scrollOffset ?? 0;
    // At the top, new rows are shown, but not under the pointer.
    const common = offset > 0 || anchor.isPointerInside() ? commonOf(moves) : 0;
    if (common !== 0) {
      const next = Math.max(0, offset + common);
      anchor.expectScroll(next);
      list.scrollToOffset(next);
    }
    if (moves.some((move) => move !== common)) movedAt.current = Date.now();
  }, [list, shown, name, first, last, anchor, sizes]);
  return () => anchor.justMoved() || Date.now() - movedAt.current < TOO_SOON;
}

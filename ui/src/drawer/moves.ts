// What moves by itself in the list while somebody looks at it: rows that come or go above the screen do not move what
// is on it, and a press on a row that has just moved is not meant for it. What comes and goes above the list is in
// `steady.ts`.
import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';

import { lineKey } from './lines';
import type { Sizes } from './sizes';
import { TOO_SOON, type Steady } from './steady';
import type { Shown } from './store';

/** A line is looked for so many lines from where it was. */
const NEAR = 100;

/** The lines on screen, first and last included. */
interface Screen {
  first: number;
  last: number;
}

/** How far each line that was on screen and still is near it has moved down, in px. */
export function movesOf(was: Shown, shown: Shown, { first, last }: Screen, sizes: Sizes): number[] {
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

/** By how much more than half of them have moved; 0 if there is no such move. */
export function commonOf(moves: readonly number[]): number {
  const sorted = [...moves].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return 2 * moves.filter((move) => move === middle).length > moves.length ? middle : 0;
}

function topOf({ heads }: Shown, index: number, { row, head }: Sizes): number {
  return index * row - heads.filter((at) => at < index).length * (row - head);
}

/**
 * Keeps what is on screen in its place over a change. Reports whether a row there has just moved all the same. A list
 * of another `name` begins at its start.
 */
export function useMoves(
  list: Virtualizer<HTMLDivElement, Element>,
  shown: Shown,
  name: string,
  steady: Steady,
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
    // Who is at the start wants to see what comes there, but not under the pointer.
    const common = offset > 0 || steady.held() ? commonOf(moves) : 0;
    if (common !== 0) {
      const next = Math.max(0, offset + common);
      steady.scrolls(next);
      list.scrollToOffset(next);
    }
    if (moves.some((move) => move !== common)) movedAt.current = Date.now();
  }, [list, shown, name, first, last, steady, sizes]);
  return () => steady.moved() || Date.now() - movedAt.current < TOO_SOON;
}

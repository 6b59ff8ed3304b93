// What a key in the list asks for, and where an arrow key leads. Pure: lines are indexes, and heads are stepped over.
import type { KeyboardEvent } from 'react';

/** The index that `key` leads to from `from`; `from` itself at an end, none for a key that does not move. */
export function step(
  key: string,
  from: number,
  total: number,
  page: number,
  isHead: (index: number) => boolean,
): number | undefined {
  const last = total - 1;
  const towards = (start: number, by: 1 | -1): number | undefined => {
    let index = start;
    while (index >= 0 && index <= last && isHead(index)) index += by;
    return index >= 0 && index <= last ? index : undefined;
  };
  switch (key) {
    case 'ArrowDown':
      return towards(from + 1, 1) ?? from;
    case 'ArrowUp':
      return towards(from - 1, -1) ?? from;
    case 'PageDown':
      return towards(Math.min(last, from + page), 1) ?? from;
    case 'PageUp':
      return towards(Math.max(0, from - page), -1) ?? towards(0, 1) ?? from;
    case 'Home':
      return towards(0, 1) ?? from;
    case 'End':
      return towards(last, -1) ?? from;
    default:
      return undefined;
  }
}

/** Where `key` leads within a row of so many stops, the row itself the first; none for a key that does not. */
export function across(key: string, from: number, stops: number): number | undefined {
  if (key === 'ArrowRight') return Math.min(from + 1, stops - 1);
  if (key === 'ArrowLeft') return Math.max(from - 1, 0);
  return undefined;
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** What a key asks for on a row; none for a key that does not ask for anything there. */
export function command(event: Key): 'menu' | 'call' | 'favourite' | 'search' | undefined {
  const { key, ctrlKey, shiftKey, altKey, metaKey } = event;
  if (altKey || metaKey) return undefined;
  if (ctrlKey) {
    if (key === 'Enter') return 'call';
    return key.toLowerCase() === 'd' && !shiftKey ? 'favourite' : undefined;
  }
  if (presses(event) || key === 'ContextMenu' || (key === 'F10' && shiftKey)) return 'menu';
  return /^[\p{L}\p{N}+]$/u.test(key) ? 'search' : undefined;
}

/** True for the keys that press a button, which a button hears by itself. */
export function presses({ key, ctrlKey, altKey, metaKey }: Key): boolean {
  return (key === 'Enter' || key === ' ') && !ctrlKey && !altKey && !metaKey;
}

// What a key does in the list, and where an arrow key leads. Pure: lines are indexes, and section heads are skipped.
import type { KeyboardEvent } from 'react';

/** The index that `key` leads to from `from`; `from` itself at an end; none for a key that does not move. */
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

/** The stop that `key` leads to within a row; the person is the first stop. None for a key that does not move. */
export function across(key: string, from: number, stops: number): number | undefined {
  if (key === 'ArrowRight') return Math.min(from + 1, stops - 1);
  if (key === 'ArrowLeft') return Math.max(from - 1, 0);
  return undefined;
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** What a key does on a row; none for a key that does nothing there. */
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

/** True for the keys that press a button; a button handles them itself. */
export function presses({ key, ctrlKey, altKey, metaKey }: Key): boolean {
  return (key === 'Enter' || key === ' ') && !ctrlKey && !altKey && !metaKey;
}

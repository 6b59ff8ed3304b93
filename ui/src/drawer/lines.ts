// Which lines are the same as before, and at which indexes the section heads are. Pure.
import type { Counts } from '../bindings/Counts';
import type { Line } from '../bindings/Line';
import type { Lines } from '../bindings/Lines';

/** The index of each head when it was last fetched, by the key of the head. */
export type Heads = ReadonlyMap<string, number>;

/** The key of a line, unique within a list. */
export function lineKey(line: Line): string {
  switch (line.is) {
    case 'section':
      return `section ${line.section}`;
    case 'department':
      return `department ${line.name}`;
    case 'person':
      return `person ${line.id}`;
  }
}

/** The new lines, with the known object for each line that has not changed: such a row is not rendered again. */
export function keepEqual(lines: readonly Line[], known: ReadonlyMap<string, Line>): Line[] {
  return lines.map((line) => {
    const before = known.get(lineKey(line));
    return before && JSON.stringify(before) === JSON.stringify(line) ? before : line;
  });
}

/** The heads after an answer. Those outside of its range are kept, but each head has one index only. */
export function headsAfter(heads: Heads, { start, total, lines }: Lines): Heads {
  const end = start + lines.length;
  const after = new Map([...heads].filter(([, index]) => index < total && (index < start || index >= end)));
  for (const [offset, line] of lines.entries()) if (line.is !== 'person') after.set(lineKey(line), start + offset);
  return after;
}

/** A section of the list: the key of its head, and the index. */
export interface SectionAt {
  key: string;
  at: number;
}

/** The sections, top down. */
export function sectionsOf(heads: Heads): SectionAt[] {
  return [...heads].map(([key, at]) => ({ key, at })).sort((one, other) => one.at - other.at);
}

/** Lines of one section, in the order of the list. */
interface Group<Item> {
  key: string;
  /** The index of its head; none if that is not rendered. */
  at: number | undefined;
  items: Item[];
}

/** The rendered lines by section. The section of lines above the first known head is unknown. */
export function groupsOf<Item extends { index: number }>(
  items: readonly Item[],
  { sections, line }: { sections: readonly SectionAt[]; line: (index: number) => Line | undefined },
): Group<Item>[] {
  const bounds = [{ key: '', at: -1 }, ...sections];
  return bounds
    .map(({ key, at }, place) => {
      const next = bounds[place + 1]?.at ?? Infinity;
      const head = line(at);
      return {
        key,
        at: head && head.is !== 'person' ? at : undefined,
        items: items.filter(({ index }) => index >= at && index < next),
      };
    })
    .filter(({ items: inside }) => inside.length > 0);
}

/** The first head after the favourites; none while no such head is known. */
export function headAfterFavourites(heads: Heads): number | undefined {
  const others = [...heads].filter(([key]) => key !== FAVOURITES).map(([, index]) => index);
  return others.length > 0 ? Math.min(...others) : undefined;
}

const FAVOURITES = lineKey({ is: 'section', section: 'favourites' });

/** True if the list is a different one than before, so that the old indexes of heads no longer apply. */
export function isOtherList(before: Counts, now: Counts): boolean {
  return before.grouped !== now.grouped || before.found !== now.found || before.offlineHidden !== now.offlineHidden;
}

// A table of lines under the heads of their days. Only the rows on screen are rendered. It does not know the content of its
// rows.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, type ReactNode, type RefObject } from 'react';

import type { SeenGlyph } from '../bindings/SeenGlyph';
import shared from '../shared.module.css';
import { text } from '../text';
import styles from './DayTable.module.css';
import { Glyph } from './Signs';

const HEAD = 32;
const ROW = 38;
const DAY = 36;

export type Item<L> = { is: 'day'; day: string } | { is: 'line'; line: L };

interface Props<L> {
  label: string;
  /** The words above the columns. */
  columns: readonly string[];
  items: readonly Item<L>[];
  /** True if there are more items, of which the number is unknown. */
  hasMore?: boolean;
  /** The cells of a line, one for each column. */
  cells: (line: L) => ReactNode;
  /** The key of a line; several lines may have the same one. The function must be the same in each render. */
  keyOf: (line: L) => string;
  /** The element that scrolls: the table itself. */
  scroller: RefObject<HTMLDivElement | null>;
  /** Gives the table its height and `--columns`. */
  className: string | undefined;
  /** Reports the index of the last item on screen, whenever it or the items change. */
  reached?: (last: number) => void;
}

export function DayTable<L>({
  label,
  columns,
  items,
  hasMore = false,
  cells,
  keyOf,
  scroller,
  className,
  reached,
}: Props<L>) {
  const keys = useMemo(() => keysOf(items, keyOf), [items, keyOf]);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(items[index]),
    overscan: 8,
    scrollMargin: HEAD,
    paddingEnd: 16,
    useFlushSync: false,
  });
  useLayoutEffect(() => {
    rows.measure();
  }, [rows, items]);

  const last = rows.range?.endIndex ?? 0;
  useEffect(() => {
    reached?.(last);
  }, [reached, last, items]);

  return (
    <div
      ref={scroller}
      className={`${styles.table} ${className} ${shared.focus}`}
      role="table"
      aria-label={label}
      aria-rowcount={hasMore ? -1 : 1 + items.length}
      tabIndex={0}
    >
      <div role="rowgroup" className={styles.top}>
        <Head columns={columns} row={1} />
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          // The head is the first row.
          const row = index + 2;
          return (
            item && (
              <div
                // Not the index: new lines are inserted first, and a screen reader must stay on its row.
                key={keys[index]}
                role="presentation"
                className={styles.placed}
                style={{ transform: `translateY(${start - HEAD}px)` }}
              >
                {item.is === 'day' ? (
                  <Day day={item.day} columns={columns.length} row={row} />
                ) : (
                  <div role="row" aria-rowindex={row} className={styles.row}>
                    {cells(item.line)}
                  </div>
                )}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** `row` is the number of the row, from 1, if only a part of the table is rendered. */
export function Head({ columns, row }: { columns: readonly string[]; row?: number }) {
  return (
    <div
      role="row"
      aria-rowindex={row}
      className={`${styles.row} ${styles.head} ${shared.small} ${shared.strong} ${shared.quiet}`}
    >
      {columns.map((column) => (
        <span key={column} role="columnheader">
          {column}
        </span>
      ))}
    </div>
  );
}

function Day({ day, columns, row }: { day: string; columns: number; row: number }) {
  return (
    <div role="row" aria-rowindex={row} className={styles.day}>
      <span role="rowheader" aria-colspan={columns} className={`${shared.small} ${shared.strong} ${shared.quiet}`}>
        {day}
      </span>
    </div>
  );
}

/** The cell with the time of day. */
export function Time({ time }: { time: string }) {
  return (
    <span role="cell" className={`${shared.small} ${shared.quiet} ${shared.numbers}`}>
      {time}
    </span>
  );
}

/** The cell with what was seen; the note may be empty. */
export function Seen({ glyph, seen, note = '' }: { glyph: SeenGlyph; seen: string; note?: string }) {
  return (
    <span role="cell" className={styles.cell} title={`${seen} ${note}`.trim()}>
      <Glyph glyph={glyph} />
      <span className={`${styles.two} ${styles.large}`}>
        <span className={shared.visuallyHidden}>{`${text(`timelinePage.${glyph}`)} `}</span>
        {seen}
        {note && <span className={`${shared.small} ${shared.quiet} ${shared.numbers}`}>{` ${note}`}</span>}
      </span>
    </span>
  );
}

/** The lines, with a head wherever the day differs from that of the line before, or from `above` for the first line. */
export function itemsOf<L extends { day: string }>(lines: readonly L[], above: string | undefined): Item<L>[] {
  return lines.flatMap((line, index): Item<L>[] => {
    const before = lines[index - 1]?.day ?? above;
    const item: Item<L> = { is: 'line', line };
    return before === line.day ? [item] : [{ is: 'day', day: line.day }, item];
  });
}

/** A key for each item, which stays the same when items are added before or after it. */
export function keysOf<L>(items: readonly Item<L>[], keyOf: (line: L) => string): string[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const key = item.is === 'day' ? `day ${item.day}` : keyOf(item.line);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return `${key} ${count}`;
  });
}

/** The height of an item, in px. */
export function heightOf(item: Item<unknown> | undefined): number {
  return item?.is === 'day' ? DAY : ROW;
}

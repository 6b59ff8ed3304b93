// The table of decisions. A new decision above does not move what is being read.
import { SkeletonItem, Skeleton } from '@fluentui/react-components';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';

import type { TimelineLine } from '../bindings/TimelineLine';
import shared from '../shared.module.css';
import { text } from '../text';
import { DayTable, Head, heightOf, itemsOf, Seen, Time, type Item } from './DayTable';
import table from './DayTable.module.css';
import { Sign } from './Signs';
import { nameOf } from './timelineStore';
import styles from './TimelineTable.module.css';

const COLUMNS = (['time', 'seen', 'done', 'why'] as const).map((column) => text(`timelinePage.${column}`));
/** Older lines are requested this many rows before the end. */
const AHEAD = 20;

interface Props {
  lines: readonly TimelineLine[];
  /** True if there are older lines, which are not among these. */
  hasMore: boolean;
  /** Is called when the end of the lines is near. */
  end: () => void;
}

export function TimelineTable({ lines, hasMore, end }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  // The first day is above the table.
  const items = useMemo(() => itemsOf(lines, lines[0]?.day), [lines]);
  useStableScroll(scroller, items);
  const reached = useCallback(
    (last: number) => {
      if (last >= items.length - AHEAD) end();
    },
    [end, items],
  );
  return (
    <DayTable
      label={text('timelinePage.table')}
      columns={COLUMNS}
      items={items}
      hasMore={hasMore}
      cells={(line) => <Cells line={line} />}
      keyOf={keyOf}
      scroller={scroller}
      className={styles.decisions}
      reached={reached}
    />
  );
}

function keyOf({ at }: TimelineLine): string {
  return at;
}

function Cells({ line }: { line: TimelineLine }) {
  return (
    <>
      <Time time={line.time} />
      <Seen glyph={line.glyph} seen={line.seen} note={line.note} />
      <span role="cell" className={table.cell} title={line.done}>
        <Sign sign={line.sign} />
        <span className={`${table.two} ${table.large} ${line.isWritten ? shared.strong : shared.soft}`}>
          {line.done}
        </span>
      </span>
      <span role="cell" className={`${table.two} ${shared.small} ${shared.quiet} ${shared.numbers}`} title={line.why}>
        {line.why}
      </span>
    </>
  );
}

const WIDTHS = [118, 96, 132, 144, 90, 104, 122, 86, 128];

/** The table while its first lines are being read. */
export function WaitingTable() {
  return (
    <Skeleton className={`${styles.decisions} ${styles.waiting}`} aria-label={text('timelinePage.loading')}>
      <div aria-hidden="true">
        <Head columns={COLUMNS} />
      </div>
      {WIDTHS.map((width, index) => (
        <div key={index} className={table.row}>
          <SkeletonItem size={12} style={{ width: 48 }} />
          <SkeletonItem size={12} style={{ width }} />
          <SkeletonItem size={12} style={{ width: 240 - width }} />
          <SkeletonItem size={12} style={{ width: width + 20 }} />
        </div>
      ))}
    </Skeleton>
  );
}

/** Keeps the lines on screen in place when lines are added above them; at the very top the newest line is shown. */
function useStableScroll(
  scroller: { readonly current: HTMLElement | null },
  items: readonly Item<TimelineLine>[],
): void {
  const before = useRef(items);
  useLayoutEffect(() => {
    const first = before.current[0];
    before.current = items;
    const element = scroller.current;
    if (!element || element.scrollTop === 0 || first?.is !== 'line') return;
    const name = nameOf(first.line);
    const now = items.findIndex((item) => item.is === 'line' && nameOf(item.line) === name);
    const above = items.slice(0, Math.max(0, now));
    const moved = above.reduce((sum, item) => sum + heightOf(item), 0);
    if (moved > 0) element.scrollTo({ top: element.scrollTop + moved });
  }, [scroller, items]);
}

// The table of decisions. Only the rows on screen exist. A new decision above does not move what is being read.
import { SkeletonItem, Skeleton } from '@fluentui/react-components';
import {
  ArrowRight16Regular,
  Clock16Regular,
  SubtractCircle16Regular,
  Warning16Filled,
  type FluentIcon,
} from '@fluentui/react-icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';

import type { DoneSign } from '../bindings/DoneSign';
import type { SeenGlyph } from '../bindings/SeenGlyph';
import type { TimelineLine } from '../bindings/TimelineLine';
import { ConnectGlyph, TeamsGlyph } from '../drawer/Glyph';
import typo from '../drawer/type.module.css';
import { text } from '../text';
import styles from './TimelineTable.module.css';
import { nameOf } from './timelineStore';

const HEAD = 32;
const ROW = 38;
const DAY = 36;
/** Older lines are asked for this many rows before the end. */
const AHEAD = 20;

const SIGNS = {
  written: ArrowRight16Regular,
  left: SubtractCircle16Regular,
  failed: Warning16Filled,
} as const satisfies Record<DoneSign, FluentIcon>;

type Item = { is: 'day'; day: string } | { is: 'line'; line: TimelineLine };

interface Props {
  lines: readonly TimelineLine[];
  /** The end of the lines is near. */
  end: () => void;
}

export function TimelineTable({ lines, end }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => itemsOf(lines), [lines]);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.is === 'day' ? DAY : ROW),
    overscan: 8,
    scrollMargin: HEAD,
    paddingEnd: 16,
    useFlushSync: false,
  });
  useLayoutEffect(() => {
    rows.measure();
  }, [rows, items]);
  useStillScroll(scroller, items);

  const last = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (last >= items.length - AHEAD) end();
  }, [end, last, items]);

  return (
    <div
      ref={scroller}
      className={`${styles.table} ${typo.focus}`}
      role="table"
      aria-label={text('timelinePage.table')}
      tabIndex={0}
    >
      <div role="rowgroup" className={styles.top}>
        <Head />
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          return (
            item && (
              <Placed key={key} at={start - HEAD}>
                {item.is === 'day' ? <Day day={item.day} /> : <Row line={item.line} />}
              </Placed>
            )
          );
        })}
      </div>
    </div>
  );
}

function Head() {
  return (
    <div role="row" className={`${styles.row} ${styles.head} ${typo.small} ${typo.strong} ${typo.quiet}`}>
      {(['time', 'seen', 'done', 'why'] as const).map((column) => (
        <span key={column} role="columnheader">
          {text(`timelinePage.${column}`)}
        </span>
      ))}
    </div>
  );
}

function Placed({ at, children }: { at: number; children: ReactNode }) {
  return (
    <div role="presentation" className={styles.placed} style={{ transform: `translateY(${at}px)` }}>
      {children}
    </div>
  );
}

function Day({ day }: { day: string }) {
  return (
    <div role="row" className={styles.day}>
      <span role="rowheader" aria-colspan={4} className={`${typo.small} ${typo.strong} ${typo.quiet}`}>
        {day}
      </span>
    </div>
  );
}

function Row({ line }: { line: TimelineLine }) {
  const Sign = SIGNS[line.sign];
  const done = line.isWritten ? typo.strong : typo.soft;
  return (
    <div role="row" className={styles.row}>
      <span role="cell" className={`${typo.small} ${typo.quiet} ${typo.numbers}`}>
        {line.time}
      </span>
      <span role="cell" className={styles.cell} title={`${line.seen} ${line.note}`.trim()}>
        <Glyph glyph={line.glyph} />
        <span className={typo.cut}>
          <span className={typo.unseen}>{`${text(`timelinePage.${line.glyph}`)} `}</span>
          <span className={typo.body}>{line.seen}</span>
          {line.note && <span className={`${typo.small} ${typo.quiet} ${typo.numbers}`}>{` ${line.note}`}</span>}
        </span>
      </span>
      <span role="cell" className={styles.cell} title={line.done}>
        <Sign className={styles[line.sign]} aria-hidden="true" />
        <span className={`${typo.body} ${typo.cut} ${done}`}>{line.done}</span>
      </span>
      <span role="cell" className={`${styles.why} ${typo.small} ${typo.quiet} ${typo.numbers}`} title={line.why}>
        {line.why}
      </span>
    </div>
  );
}

function Glyph({ glyph }: { glyph: SeenGlyph }) {
  switch (glyph) {
    case 'connect':
      return <ConnectGlyph size={14} />;
    case 'teams':
      return <TeamsGlyph size={14} />;
    case 'clock':
      return <Clock16Regular className={styles.clock} aria-hidden="true" />;
  }
}

const WIDTHS = [118, 96, 132, 144, 90, 104, 122, 86, 128];

/** The table while its first lines are being read. */
export function WaitingTable() {
  return (
    <Skeleton className={styles.waiting} aria-label={text('timelinePage.loading')}>
      <div aria-hidden="true">
        <Head />
      </div>
      {WIDTHS.map((width, index) => (
        <div key={index} className={styles.row}>
          <SkeletonItem size={12} style={{ width: 48 }} />
          <SkeletonItem size={12} style={{ width }} />
          <SkeletonItem size={12} style={{ width: 240 - width }} />
          <SkeletonItem size={12} style={{ width: width + 20 }} />
        </div>
      ))}
    </Skeleton>
  );
}

/** The lines, with a head wherever another day begins; the first day stands above the table. */
function itemsOf(lines: readonly TimelineLine[]): Item[] {
  return lines.flatMap((line, index): Item[] => {
    const before = lines[index - 1];
    const item: Item = { is: 'line', line };
    return before && before.day !== line.day ? [{ is: 'day', day: line.day }, item] : [item];
  });
}

/** Keeps what is on screen in its place when lines come above it; at the very top the newest line is shown. */
function useStillScroll(scroller: { readonly current: HTMLElement | null }, items: readonly Item[]): void {
  const before = useRef<readonly Item[]>(items);
  useLayoutEffect(() => {
    const first = before.current[0];
    before.current = items;
    const element = scroller.current;
    if (!element || element.scrollTop === 0 || first?.is !== 'line') return;
    const name = nameOf(first.line);
    const now = items.findIndex((item) => item.is === 'line' && nameOf(item.line) === name);
    const above = items.slice(0, Math.max(0, now));
    const moved = above.reduce((sum, item) => sum + (item.is === 'day' ? DAY : ROW), 0);
    if (moved > 0) element.scrollTo({ top: element.scrollTop + moved });
  }, [scroller, items]);
}

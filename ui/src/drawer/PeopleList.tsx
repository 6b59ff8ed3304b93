// The list: only the rows on screen exist. It shows lines in the order they come; it never sorts them.
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

import type { Counts } from '../bindings/Counts';
import { useNow } from '../now';
import { text } from '../text';
import { MINUTE } from '../time';
import type { Act } from './Drawer';
import { step } from './keys';
import styles from './PeopleList.module.css';
import { PersonRow } from './PersonRow';
import { SectionHead } from './SectionHead';
import type { DrawerStore, Shown } from './store';
import typo from './type.module.css';
import { lasted, spokenPerson } from './words';

const ROW = 44;
const HEAD = 32;
const OVERSCAN = 8;

interface Props {
  shown: Shown;
  counts: Counts;
  look: DrawerStore['look'];
  act: Act;
}

export function PeopleList({ shown, counts, look, act }: Props) {
  const now = Math.max(useNow(MINUTE), shown.at);
  const scroller = useRef<HTMLDivElement>(null);
  const { heads } = shown;
  const isHead = useCallback((index: number) => heads.includes(index), [heads]);
  const [chosen, setChosen] = useState(0);
  const inList = Math.min(chosen, shown.total - 1);
  const active = isHead(inList) ? (step('ArrowDown', inList, shown.total, 1, isHead) ?? inList) : inList;
  const list = useVirtualizer({
    count: shown.total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isHead(index) ? HEAD : ROW),
    overscan: OVERSCAN,
    useFlushSync: false,
    paddingEnd: 4,
    // Heads and the row with the focus always exist: the first to keep their place in the reading order, the
    // second so that the focus is not lost while it is scrolled away.
    rangeExtractor: (range: Range) =>
      [...new Set([...heads, active, ...defaultRangeExtractor(range)])].sort((one, other) => one - other),
  });

  const headsKey = heads.join();
  useLayoutEffect(() => {
    list.measure();
  }, [list, headsKey]);

  const { startIndex, endIndex } = list.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => {
    look(Math.max(0, startIndex - OVERSCAN), Math.min(shown.total - 1, endIndex + OVERSCAN));
  }, [look, startIndex, endIndex, shown]);

  const focusSoon = useFocusSoon(scroller);
  const keyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 1);
    const from = indexOf(event.target) ?? active;
    const target = step(event.key, from, shown.total, page, isHead);
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setChosen(target);
    focusSoon(target);
    // On the way up the head comes along with the first row under it.
    list.scrollToIndex(target < from && isHead(target - 1) ? target - 1 : target);
  };

  const items = list.getVirtualItems();
  return (
    <div ref={scroller} className={styles.scroller}>
      <div className={styles.whole} style={{ height: list.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const line = shown.line(index);
          return line?.is === 'section' ? (
            <SectionHead key={line.section} section={line.section} top={start}>
              {line.section === 'everyone' && <OfflineSwitch counts={counts} act={act} />}
            </SectionHead>
          ) : null;
        })}
        <div
          role="list"
          aria-label={text('list.name')}
          onKeyDown={keyDown}
          onFocus={(event) => {
            setChosen(indexOf(event.target) ?? active);
          }}
        >
          {items.map(({ index, start }) => {
            const line = shown.line(index);
            return line?.is === 'person' ? (
              <PersonRow
                key={line.id}
                person={line}
                label={spokenPerson(line, now)}
                connectTime={lasted(line.connect, now)}
                teamsTime={lasted(line.teams, now)}
                index={index}
                position={index + 1 - heads.filter((head) => head < index).length}
                size={counts.listed}
                top={start}
                active={index === active}
              />
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

function OfflineSwitch({ counts, act }: { counts: Counts; act: Act }) {
  return (
    <button
      type="button"
      className={`${typo.link} ${typo.focus}`}
      onClick={() => {
        act('toggleOffline');
      }}
    >
      {text(counts.offlineHidden ? 'list.showAll' : 'list.hideOffline')}
    </button>
  );
}

/** The index of the row that an event came from. */
function indexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset.index) : undefined;
}

/** Gives the focus to a row as soon as it exists: one far away has to be fetched first. */
function useFocusSoon(scroller: RefObject<HTMLDivElement | null>): (index: number) => void {
  const waiting = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (waiting.current === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${waiting.current}"]`);
    if (!row) return;
    waiting.current = undefined;
    row.focus({ preventScroll: true });
  });
  return (index) => {
    waiting.current = index;
  };
}

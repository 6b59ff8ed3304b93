// The list: only the rows on screen exist. It shows lines in the order they come; it never sorts them.
import type { PositioningVirtualElement } from '@fluentui/react-components';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

import type { Act } from '../act';
import type { Counts } from '../bindings/Counts';
import type { Line } from '../bindings/Line';
import type { PersonLine } from '../bindings/PersonLine';
import { useHidden } from '../media';
import { useNow } from '../now';
import { text } from '../text';
import { MINUTE } from '../time';
import { saidAt, type Copy, type Said } from './copy';
import { command, step } from './keys';
import { lineKey } from './lines';
import { HEAD, ROW, useMoves } from './moves';
import { defaultNumber } from './numbers';
import styles from './PeopleList.module.css';
import { PersonMenu } from './PersonMenu';
import { PersonRow } from './PersonRow';
import type { Photos } from './photos';
import { indexOf, rectOf, rowOf, useFocus, type Rect } from './rows';
import { SectionHead, titleOf } from './SectionHead';
import { useSteady } from './steady';
import type { DrawerStore, Shown } from './store';
import typo from './type.module.css';
import { added, lasted, spokenPerson } from './words';

/** So many rows more on both sides, for scrolling. A page that is about to be seen draws what will be seen first. */
const OVERSCAN = 8;

interface Props {
  shown: Shown;
  counts: Counts;
  look: DrawerStore['look'];
  photos: Photos;
  act: Act;
  copy: Copy;
  /** What there is to say about a copy. */
  said: Said | null;
  /** What comes and goes above the list. */
  above: RefObject<HTMLElement | null>;
  /** What is searched for; a new search is shown from its start. */
  query: string;
  /** Gives the focus to the search field. */
  toSearch: () => void;
}

/** The open menu: whose it is and where. */
interface Opened {
  person: PersonLine;
  row: HTMLElement;
  target: PositioningVirtualElement;
}

export function PeopleList({ shown, counts, look, photos, act, copy, said, above, query, toSearch }: Props) {
  const now = Math.max(useNow(MINUTE), shown.at);
  const scroller = useRef<HTMLDivElement>(null);
  const { heads } = shown;
  const isHead = useCallback((index: number) => heads.includes(index), [heads]);
  const [chosen, setChosen] = useState(0);
  /** The row that keeps the focus until the chosen one is there. */
  const [left, setLeft] = useState<number | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  // Another search and another grouping are shown from their start.
  const which = `${counts.grouped} ${query}`;
  const [chosenIn, setChosenIn] = useState(which);
  if (chosenIn !== which) {
    setChosenIn(which);
    setChosen(0);
  }
  const inList = Math.min(chosen, shown.total - 1);
  const active = isHead(inList) ? (step('ArrowDown', inList, shown.total, 1, isHead) ?? inList) : inList;
  const hidden = useHidden();
  const list = useVirtualizer({
    count: shown.total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isHead(index) ? HEAD : ROW),
    overscan: hidden ? 0 : OVERSCAN,
    useFlushSync: false,
    paddingEnd: 4,
    // The heads that are known for sure and the row with the focus exist wherever the screen is: the first for who
    // walks from head to head, the second so that the focus is not lost while it is scrolled away.
    rangeExtractor: (range: Range) =>
      [...new Set([...heads, active, left ?? active, ...defaultRangeExtractor(range)])]
        .filter((index) => shown.line(index) !== undefined)
        .sort((one, other) => one - other),
  });

  const headsKey = heads.join();
  useLayoutEffect(() => {
    list.measure();
  }, [list, headsKey]);

  useLayoutEffect(() => {
    list.scrollToOffset(0);
  }, [list, which]);

  const { startIndex, endIndex } = list.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => {
    const focused = scroller.current?.contains(document.activeElement) ? active : undefined;
    look(Math.max(0, startIndex - OVERSCAN), Math.min(shown.total - 1, endIndex + OVERSCAN), focused);
  }, [look, startIndex, endIndex, shown, active]);

  // The next list begins at its start.
  useEffect(
    () => () => {
      look(0, 0);
    },
    [look],
  );

  const [gap, end] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const moved = useMoves(list, shown, which, useSteady({ above, gap, list: scroller, end }));
  const focus = useFocus(scroller, active);
  const personAt = (target: EventTarget): PersonLine | undefined => {
    const line = shown.line(indexOf(target) ?? active);
    return line?.is === 'person' ? line : undefined;
  };
  const open = (from: EventTarget, rect: (row: HTMLElement) => Rect) => {
    const [person, row] = [personAt(from), rowOf(from)];
    if (!person || !row) return;
    const where = rect(row);
    setOpened({ person, row, target: { getBoundingClientRect: () => where } });
  };
  const call = (from: EventTarget) => {
    const person = personAt(from);
    if (!person) return;
    const number = defaultNumber(person);
    // The menu says why there is no call.
    if (number) act({ call: { person: person.id, number } });
    else open(from, rectOf);
  };

  const keyDown = (event: KeyboardEvent) => {
    const asked = command(event);
    if (asked && event.repeat && asked !== 'search') {
      event.preventDefault();
      return;
    }
    if (asked) {
      if (asked === 'menu') open(event.target, rectOf);
      if (asked === 'call') call(event.target);
      if (asked === 'favourite') {
        const person = personAt(event.target);
        if (person) act({ favourite: { person: person.id, on: !person.favourite } });
      }
      // The letter itself then goes where the focus is.
      if (asked === 'search') toSearch();
      else event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 1);
    const from = focus.awaited() ?? indexOf(event.target) ?? active;
    const target = step(event.key, from, shown.total, page, isHead);
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setChosen(target);
    setLeft(indexOf(event.target) ?? null);
    focus.soon(target);
    // On the way up the head comes along with the first row under it.
    list.scrollToIndex(target < from && isHead(target - 1) ? target - 1 : target);
  };

  const items = list.getVirtualItems();
  // The row that the Tab key reaches: where the agent was, or the first one if that is out of sight.
  const isPerson = (index: number) => shown.line(index)?.is === 'person';
  const stop = isPerson(active) ? active : items.find(({ index }) => index >= startIndex && isPerson(index))?.index;
  return (
    <>
      <div ref={gap} className={styles.gap} />
      <div ref={scroller} className={styles.scroller}>
        <div className={styles.whole} style={{ height: list.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const line = shown.line(index);
            return line && line.is !== 'person' ? (
              <SectionHead key={lineKey(line)} title={titleOf(line, counts.asked)} top={start}>
                {index === shown.afterFavourites && counts.asked.is !== 'found' && (
                  <OfflineSwitch counts={counts} act={act} />
                )}
              </SectionHead>
            ) : null;
          })}
          <div
            role="list"
            aria-label={text('list.name')}
            onKeyDown={keyDown}
            onFocus={(event) => {
              setChosen(indexOf(event.target) ?? active);
              setLeft(null);
              focus.at(rowOf(event.target));
            }}
            onBlur={(event) => {
              if (event.relatedTarget) focus.at(undefined);
            }}
            onClick={(event) => {
              const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
              if (button?.dataset.do === 'call' && !moved()) call(event.target);
              if (button?.dataset.do === 'more') open(event.target, rectOf);
            }}
            onContextMenu={(event) => {
              event.preventDefault();
              const { clientX: x, clientY: y } = event;
              open(event.target, () => ({ x, y, left: x, right: x, top: y, bottom: y, width: 0, height: 0 }));
            }}
          >
            {items.map(({ index, start }) => {
              const line = shown.line(index);
              return line?.is === 'person' ? (
                <PersonRow
                  key={line.id}
                  person={line}
                  photos={photos}
                  label={spokenPerson(line, now)}
                  connectTime={lasted(line.connect, now)}
                  teamsTime={lasted(line.teams, now)}
                  index={index}
                  position={Math.min(index + 1 - heads.filter((head) => head < index).length, counts.listed)}
                  size={counts.listed}
                  top={start}
                  active={index === stop}
                  open={line.id === opened?.person.id}
                  note={saidAt(said, line.id)}
                />
              ) : null;
            })}
          </div>
        </div>
        {counts.asked.is === 'found' && (
          <p className={`${styles.added} ${typo.small} ${typo.quiet}`}>{added(counts.asked.count)}</p>
        )}
        <div ref={end} />
      </div>
      {opened && (
        <PersonMenu
          key={opened.person.id}
          person={items.map(({ index }) => shown.line(index)).find(isSame(opened.person)) ?? opened.person}
          target={opened.target}
          now={now}
          within={opened.row.closest('main')}
          act={act}
          copy={copy}
          closed={(focusBack) => {
            setOpened(null);
            if (!focusBack) return;
            if (opened.row.isConnected) opened.row.focus({ preventScroll: true });
            else toSearch();
          }}
        />
      )}
    </>
  );
}

/** Finds the line of a person as it is now. */
function isSame({ id }: PersonLine): (line: Line | undefined) => line is { is: 'person' } & PersonLine {
  return (line): line is { is: 'person' } & PersonLine => line?.is === 'person' && line.id === id;
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

// The list of people: only the rows on screen are rendered. It shows lines in the order they come; it never sorts them.
// README.md describes how the keyboard and screen readers use it.
import { Tooltip, type PositioningVirtualElement } from '@fluentui/react-components';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';

import type { Act } from '../act';
import type { Counts } from '../bindings/Counts';
import type { Line } from '../bindings/Line';
import type { PersonLine } from '../bindings/PersonLine';
import { useHidden } from '../media';
import { useNow } from '../now';
import { text } from '../text';
import { MINUTE } from '../time';
import { noticeAt, type Copy, type CopyNotice } from './copy';
import { useHold } from './hold';
import { across, command, presses, step } from './keys';
import { groupsOf, lineKey } from './lines';
import { useMoves } from './moves';
import { defaultNumber } from './numbers';
import styles from './PeopleList.module.css';
import { PersonMenu } from './PersonMenu';
import { PersonRow } from './PersonRow';
import type { Photos } from './photos';
import { Rest } from './Rest';
import { rowActionOf, focusRow, indexOf, isCut, rectOf, rowOf, focusStopsOf, useFocus, type Rect } from './rows';
import { SectionHead, titleOf } from './SectionHead';
import { useSizes } from './sizes';
import { useScrollAnchor } from './scrollAnchor';
import type { DrawerStore, DrawerState } from './store';
import shared from '../shared.module.css';
import { lasted, spokenPerson } from './words';

/** How many more rows are rendered on both sides, for scrolling. None while the page is hidden, so that it opens fast. */
const OVERSCAN = 8;

interface Props {
  shown: DrawerState;
  counts: Counts;
  setVisible: DrawerStore['setVisible'];
  photos: Photos;
  act: Act;
  copy: Copy;
  /** The notice about the last copy. */
  notice: CopyNotice | null;
  /** The part of the page above the list. */
  above: RefObject<HTMLElement | null>;
  /** The search text; a new search starts at the top. */
  query: string;
  /** Gives the focus to the search field. */
  focusSearch: () => void;
}

/** The open menu: for whom and where. */
interface Opened {
  person: PersonLine;
  row: HTMLElement;
  target: PositioningVirtualElement;
}

export function PeopleList({ shown, counts, setVisible, photos, act, copy, notice, above, query, focusSearch }: Props) {
  const now = Math.max(useNow(MINUTE), shown.fetchedAt);
  const scroller = useRef<HTMLDivElement>(null);
  const measure = useRef<HTMLDivElement>(null);
  const id = useId();
  const sizes = useSizes(measure);
  const { heads } = shown;
  const isHead = useCallback((index: number) => heads.includes(index), [heads]);
  const [chosen, setChosen] = useState(0);
  /** The row that keeps the focus until the chosen one is rendered. */
  const [left, setLeft] = useState<number | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  /** The row with the focus, if its words are cut off. */
  const [cut, setCut] = useState<{ row: HTMLElement; label: string } | null>(null);
  /** The person whose menu was closed by the current press. */
  const closing = useRef<string>(undefined);
  // Another search or grouping starts at the top.
  const listId = `${counts.grouped} ${query}`;
  const [chosenIn, setChosenIn] = useState(listId);
  if (chosenIn !== listId) {
    setChosenIn(listId);
    setChosen(0);
  }
  const inList = Math.min(chosen, shown.total - 1);
  const active = isHead(inList) ? (step('ArrowDown', inList, shown.total, 1, isHead) ?? inList) : inList;
  const hidden = useHidden();
  const list = useVirtualizer({
    count: shown.total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isHead(index) ? sizes.head : sizes.row),
    overscan: hidden ? 0 : OVERSCAN,
    useFlushSync: false,
    paddingEnd: 4,
    // The known heads and the row with the focus are always rendered: the heads for screen readers that go from head to
    // head, the row so that the focus is not lost while it is scrolled away.
    rangeExtractor: (range: Range) =>
      [...new Set([...heads, active, left ?? active, ...defaultRangeExtractor(range)])]
        .filter((index) => shown.line(index) !== undefined)
        .sort((one, other) => one - other),
  });

  const headsKey = heads.join();
  useLayoutEffect(() => {
    list.measure();
  }, [list, headsKey, sizes]);

  useLayoutEffect(() => {
    list.scrollToOffset(0);
  }, [list, listId]);

  const { startIndex, endIndex } = list.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => {
    const focused = scroller.current?.contains(document.activeElement) ? active : undefined;
    setVisible(Math.max(0, startIndex - OVERSCAN), Math.min(shown.total - 1, endIndex + OVERSCAN), focused);
  }, [setVisible, startIndex, endIndex, shown, active]);

  // The next list starts at the top.
  useEffect(
    () => () => {
      setVisible(0, 0);
    },
    [setVisible],
  );

  const [gap, end] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const moved = useMoves(list, shown, listId, useScrollAnchor({ above, gap, list: scroller, end }), sizes);
  useHold(scroller, act);
  const focus = useFocus(scroller, active);
  const personAt = (target: EventTarget): PersonLine | undefined => {
    const line = shown.line(indexOf(target) ?? active);
    return line?.is === 'person' ? line : undefined;
  };
  const open = (from: EventTarget, rect: (row: HTMLElement) => Rect) => {
    const [person, row] = [personAt(from), rowOf(from)];
    if (!person || !row) return;
    const where = rect(row);
    setCut(null);
    setOpened({ person, row, target: { getBoundingClientRect: () => where } });
  };
  const call = (from: EventTarget) => {
    const person = personAt(from);
    if (!person) return;
    const number = defaultNumber(person);
    // The menu shows why there is no call.
    if (number) act({ call: { person: person.id, number } });
    else open(from, rectOf);
  };

  const keyDown = (event: KeyboardEvent) => {
    const [row, rowAction] = [rowOf(event.target), rowActionOf(event.target)];
    // A control in a head and a button of a row handle their own keys.
    if (!row || (rowAction && presses(event))) return;
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
      // The letter itself is then typed into the search field.
      if (asked === 'search') focusSearch();
      else event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const stops = focusStopsOf(row);
    const sideways = across(
      event.key,
      Math.max(
        0,
        stops.findIndex((stop) => stop === event.target),
      ),
      stops.length,
    );
    if (sideways !== undefined) {
      event.preventDefault();
      stops[sideways]?.focus({ preventScroll: true });
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / sizes.row) - 1);
    const from = focus.awaited() ?? indexOf(event.target) ?? active;
    const target = step(event.key, from, shown.total, page, isHead);
    if (target === undefined) return;
    event.preventDefault();
    setChosen(target);
    setLeft(indexOf(event.target) ?? null);
    focus.soon(target);
    // When going up to the first row of a section, its head is scrolled into view too.
    list.scrollToIndex(target < from && isHead(target - 1) ? target - 1 : target);
  };

  const items = list.getVirtualItems();
  // The row that the Tab key reaches: the active one, or the first on screen if that one is not rendered.
  const isPerson = (index: number) => shown.line(index)?.is === 'person';
  const stop = isPerson(active) ? active : items.find(({ index }) => index >= startIndex && isPerson(index))?.index;
  return (
    <>
      <div ref={gap} className={styles.gap} />
      <div ref={scroller} className={styles.scroller}>
        <div ref={measure} className={styles.measure} aria-hidden="true">
          <div className={styles.row} />
          <div className={styles.head} />
        </div>
        <div
          className={styles.whole}
          style={{ height: list.getTotalSize() }}
          role="grid"
          aria-label={text('list.name')}
          aria-rowcount={shown.total}
          onKeyDown={keyDown}
          onFocus={({ target }) => {
            const row = rowOf(target);
            if (!row) return;
            setChosen(indexOf(target) ?? active);
            setLeft(null);
            focus.at(row);
            const person = personAt(target);
            const isUnreadable = target.matches(':focus-visible') && isCut(row);
            setCut(person && isUnreadable ? { row, label: spokenPerson(person, now) } : null);
          }}
          onBlur={({ relatedTarget }) => {
            setCut(null);
            if (relatedTarget) focus.at(undefined);
          }}
          onPointerDown={({ target }) => {
            closing.current = rowOf(target) && opened?.row === rowOf(target) ? opened?.person.id : undefined;
          }}
          onClick={({ target }) => {
            // The rows have just moved, so the press was meant for another row.
            if (!rowOf(target) || moved()) return;
            if (rowActionOf(target) === 'call') call(target);
            // This press has just closed the menu of the same row.
            else if (closing.current === undefined || closing.current !== personAt(target)?.id) open(target, rectOf);
            closing.current = undefined;
          }}
          onContextMenu={(event) => {
            event.preventDefault();
            const { clientX: x, clientY: y } = event;
            open(event.target, () => ({ x, y, left: x, right: x, top: y, bottom: y, width: 0, height: 0 }));
          }}
        >
          {groupsOf(items, shown).map(({ key, at, items: inside }) => (
            <div key={key} role="rowgroup" aria-labelledby={at === undefined ? undefined : `${id}${at}`}>
              {inside.map(({ index, start }) => {
                const line = shown.line(index);
                if (!line) return null;
                return line.is === 'person' ? (
                  <PersonRow
                    key={line.id}
                    person={line}
                    photos={photos}
                    label={spokenPerson(line, now)}
                    connectTime={lasted(line.connect, now)}
                    teamsTime={lasted(line.teams, now)}
                    index={index}
                    top={start}
                    active={index === stop}
                    open={line.id === opened?.person.id}
                    note={noticeAt(notice, line.id)}
                  />
                ) : (
                  <SectionHead
                    key={lineKey(line)}
                    title={titleOf(line, counts.asked)}
                    place={{ index, top: start, id: `${id}${index}` }}
                  >
                    {index === shown.afterFavourites && counts.asked.is !== 'found' && (
                      <OfflineSwitch counts={counts} act={act} />
                    )}
                  </SectionHead>
                );
              })}
            </div>
          ))}
        </div>
        <Rest counts={counts} focusSearch={focusSearch} />
        <div ref={end} />
      </div>
      {cut && (
        <Tooltip
          visible
          relationship="inaccessible"
          content={cut.label}
          positioning={{ target: cut.row, position: 'below', align: 'start', offset: { mainAxis: 4 } }}
          onVisibleChange={() => {
            setCut(null);
          }}
        />
      )}
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
            if (opened.row.isConnected) focusRow(opened.row);
            else focusSearch();
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
      className={`${shared.link} ${shared.focus}`}
      aria-keyshortcuts="Control+H"
      onClick={() => {
        act('toggleOffline');
      }}
    >
      {text(counts.offlineHidden ? 'list.showAll' : 'list.hideOffline')}
    </button>
  );
}

// The Team Status Drawer: own header, banner, call bar, people or health, search and foot; and its keyboard shortcuts.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';

import type { Act } from '../act';
import type { Action } from '../bindings/Action';
import type { Counts } from '../bindings/Counts';
import type { Platform } from '../platform/platform';
import { useThemeChoice } from '../theme/Theme';
import { Above } from './Above';
import { isLive, spokenCall } from './callWords';
import { Compact } from './compact';
import { OWN, noticeAt, useCopyNear, type Copy, type CopyNotice } from './copy';
import styles from './Drawer.module.css';
import { useFirstStep } from './firstStep';
import { useFocusHome } from '../focus';
import { counted, Foot } from './Foot';
import { Health } from './Health';
import { Loading } from './Loading';
import { NoMatch } from './NoMatch';
import { NoPeople } from './NoPeople';
import { NotSetUp } from './NotSetUp';
import { Own } from './Own';
import { PeopleList } from './PeopleList';
import type { Photos } from './photos';
import { doubleClickFilter } from './presses';
import { focusAll } from './SearchField';
import { useSearch, useSettled } from './search';
import type { DrawerStore, DrawerState } from './store';
import shared from '../shared.module.css';
import { askedWords } from './words';

/** How long a result must stay before it is announced, in ms. */
const SETTLED = 500;

export function Drawer({ platform, store }: { platform: Platform; store: DrawerStore }) {
  const shown = useSyncExternalStore(store.subscribe, store.snapshot);
  const [healthOpen, setHealthOpen] = useState(false);
  const health = useRef<HTMLButtonElement>(null);

  const [notice, copy] = useCopyNear();
  const send = useCallback<Act>(
    (action) => {
      // Only the page can write to the clipboard.
      if (typeof action === 'object' && 'copy' in action) {
        copy(action.copy.text, 'text');
        return;
      }
      // The next view shows the result. It is refused only while the controller shuts down.
      platform.act(action).catch(() => undefined);
    },
    [platform, copy],
  );
  const [isDoubleClick] = useState(doubleClickFilter);
  const act = useCallback<Act>(
    (action) => {
      if (!isDoubleClick(action, performance.now())) send(action);
    },
    [send, isDoubleClick],
  );
  const above = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const pause = useRef<HTMLButtonElement>(null);
  const { text, asked, type } = useSearch(act);
  const search = useMemo(
    () => ({
      text,
      asked,
      type: (wanted: string) => {
        setHealthOpen(false);
        type(wanted);
      },
    }),
    [text, asked, type],
  );
  const focusSearch = useCallback(() => field.current?.focus(), []);
  /** Focuses the row that the Tab key reaches, or the search field if there is no list. */
  const focusList = useCallback(() => {
    const row = document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]');
    (row ?? field.current)?.focus({ preventScroll: true });
  }, []);
  const root = useFocusHome(focusSearch);
  const openHealth = useCallback(() => {
    setHealthOpen(true);
  }, []);
  const closeHealth = () => {
    setHealthOpen(false);
    health.current?.focus();
  };
  const { view } = shown;
  useThemeChoice(view?.look.theme);
  const notSetUp = view?.stage.is === 'notSetUp' ? view.stage : null;
  useFirstStep(view, above);
  useKeys({
    // A key combination is never part of a double click.
    act: send,
    live: isLive(view?.call ?? null),
    back: back(),
    search: () => {
      if (field.current) focusAll(field.current);
    },
    // The button pauses or resumes.
    pause: () => pause.current?.click(),
  });

  function back(): (() => void) | undefined {
    if (view?.call?.state.is === 'asking') {
      return () => {
        send('dismissCall');
      };
    }
    if (healthOpen) return closeHealth;
    if (!text) return undefined;
    return () => {
      type('');
      focusSearch();
    };
  }

  const found = useSettled(view?.counts.found == null ? '' : result(view.counts), SETTLED);
  if (notSetUp) return <NotSetUp problem={notSetUp.problem} banner={view?.banner ?? null} act={act} />;
  return (
    <div ref={root} className={`${styles.drawer} ${view?.look.compact ? styles.compact : ''}`}>
      {view && (
        <Own
          own={view.own}
          fetchedAt={shown.since.own ?? 0}
          act={act}
          copy={copy}
          notice={noticeAt(notice, OWN)}
          openHealth={openHealth}
          pause={pause}
          grouped={view.counts.grouped}
        />
      )}
      <main className={styles.main}>
        {view && (
          <Above ref={above} view={view} since={shown.since} photos={store.photos} act={act} focusList={focusList} />
        )}
        <div className={shared.visuallyHidden} role="status">
          {view?.call && spokenCall(view.call)}
        </div>
        {/* Separate regions, so that a result is not read out again when a notice ends. */}
        <div className={shared.visuallyHidden} role="status">
          {found}
        </div>
        <div className={shared.visuallyHidden} role="status">
          {notice && <p key={notice.count}>{notice.words}</p>}
        </div>
        {view && healthOpen ? (
          <Health health={view.health} fetchedAt={shown.fetchedAt} act={act} back={closeHealth} />
        ) : (
          <People
            shown={shown}
            setVisible={store.setVisible}
            photos={store.photos}
            act={act}
            copy={copy}
            notice={notice}
            above={above}
            query={asked}
            focusSearch={focusSearch}
          />
        )}
      </main>
      {view && (
        <Foot
          ref={health}
          counts={view.counts}
          search={search}
          field={field}
          notice={noticeAt(notice)}
          health={view.health}
          fetchedAt={shown.since.health ?? 0}
          openHealth={openHealth}
        />
      )}
    </div>
  );
}

/** The result of a search in words: that of the directory if it was asked, else how many people were found. */
function result(counts: Counts): string {
  return askedWords(counts.asked) || counted(counts);
}

interface PeopleProps {
  shown: DrawerState;
  setVisible: DrawerStore['setVisible'];
  photos: Photos;
  act: Act;
  copy: Copy;
  notice: CopyNotice | null;
  above: RefObject<HTMLElement | null>;
  query: string;
  focusSearch: () => void;
}

function People({ shown, query, ...rest }: PeopleProps) {
  const { view } = shown;
  const asked = view !== null && (view.counts.known > 0 || view.counts.asked.is !== 'notAsked');
  if (asked && view.counts.found === 0) return <NoMatch query={query} counts={view.counts} />;
  if (!view || (view.counts.loading && view.counts.listed === 0)) return <Loading />;
  if (view.counts.listed === 0) return <NoPeople stage={view.stage} counts={view.counts} act={rest.act} />;
  return (
    <Compact value={view.look.compact}>
      <PeopleList shown={shown} counts={view.counts} query={query} {...rest} />
    </Compact>
  );
}

const PLAIN_KEYS: Readonly<Partial<Record<string, Action>>> = { F5: 'refreshPeople', Escape: 'closeDrawer' };
// A web view would reload its page on Ctrl+R and F5.
const CTRL_KEYS: Readonly<Partial<Record<string, Action>>> = {
  s: 'syncNow',
  h: 'toggleOffline',
  l: 'teamsLogin',
  ',': { openSettings: { page: 'general' } },
  r: 'refreshPeople',
  f5: 'refreshPeople',
};

interface Keys {
  act: Act;
  /** True while there is a call to hang up. */
  live: boolean;
  /** What Esc does before it closes the drawer; none if it closes it. */
  back: (() => void) | undefined;
  search: () => void;
  pause: () => void;
}

function useKeys({ act, live, back, search, pause }: Keys): void {
  useEffect(() => {
    const meaning = ({ key, ctrlKey, shiftKey }: KeyboardEvent): (() => void) | undefined => {
      const letter = key.toLowerCase();
      if (shiftKey) {
        const hangUp = ctrlKey && letter === 'h' && live;
        return hangUp
          ? () => {
              act('hangUp');
            }
          : undefined;
      }
      if (key === 'Escape' && back) return back;
      if (ctrlKey && letter === 'f') return search;
      if (ctrlKey && letter === 'p') return pause;
      const action = ctrlKey ? CTRL_KEYS[letter] : PLAIN_KEYS[key];
      return (
        action &&
        (() => {
          act(action);
        })
      );
    };
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.metaKey) return;
      const asked = meaning(event);
      if (!asked) return;
      // A key that is held down counts once.
      if (!event.repeat) asked();
      event.preventDefault();
    };
    window.addEventListener('keydown', down);
    return () => {
      window.removeEventListener('keydown', down);
    };
  });
}

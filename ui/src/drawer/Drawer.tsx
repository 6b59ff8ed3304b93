// The Team Status Drawer: own header, banner, people or health, foot; and the keys that work anywhere in it.
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

import type { Action } from '../bindings/Action';
import type { Platform } from '../platform/platform';
import { Banner } from './Banner';
import styles from './Drawer.module.css';
import { Foot } from './Foot';
import { Health } from './Health';
import { Loading } from './Loading';
import { NoPeople } from './NoPeople';
import { Own } from './Own';
import { PeopleList } from './PeopleList';
import type { DrawerStore, Shown } from './store';

/** Asks the controller for something. */
export type Act = (action: Action) => void;

export function Drawer({ platform, store }: { platform: Platform; store: DrawerStore }) {
  const shown = useSyncExternalStore(store.subscribe, store.shown);
  const [healthOpen, setHealthOpen] = useState(false);
  const health = useRef<HTMLButtonElement>(null);

  useEffect(() => store.open(), [store]);

  const act: Act = (action) => {
    // What came of it is told by the next view. A refusal means that the controller is ending.
    platform.act(action).catch(() => undefined);
  };
  const closeHealth = () => {
    setHealthOpen(false);
    health.current?.focus();
  };
  useKeys(act, healthOpen ? closeHealth : undefined);

  const { view } = shown;
  return (
    <div className={styles.drawer}>
      {view && (
        <Own
          own={view.own}
          at={shown.at}
          act={act}
          openHealth={() => {
            setHealthOpen(true);
          }}
        />
      )}
      <main className={styles.main}>
        {view?.banner && <Banner banner={view.banner} act={act} />}
        {view && healthOpen ? (
          <Health health={view.health} at={shown.at} act={act} back={closeHealth} />
        ) : (
          <People shown={shown} look={store.look} act={act} />
        )}
      </main>
      {view && (
        <Foot
          ref={health}
          counts={view.counts}
          health={view.health}
          at={shown.at}
          openHealth={() => {
            setHealthOpen(true);
          }}
        />
      )}
    </div>
  );
}

function People({ shown, look, act }: { shown: Shown; look: DrawerStore['look']; act: Act }) {
  const { view } = shown;
  if (!view || (view.counts.loading && view.counts.listed === 0)) return <Loading />;
  if (view.counts.listed === 0) return <NoPeople counts={view.counts} act={act} />;
  return <PeopleList shown={shown} counts={view.counts} look={look} act={act} />;
}

const PLAIN_KEYS: Readonly<Partial<Record<string, Action>>> = { F5: 'refreshPeople', Escape: 'closeDrawer' };
const CTRL_KEYS: Readonly<Partial<Record<string, Action>>> = { s: 'syncNow', h: 'toggleOffline', l: 'teamsLogin' };

/** Esc goes back from the health page first; elsewhere it closes the drawer. */
function useKeys(act: Act, back: (() => void) | undefined): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.metaKey || event.shiftKey) return;
      if (event.key === 'Escape' && back) back();
      else {
        const action = event.ctrlKey ? CTRL_KEYS[event.key] : PLAIN_KEYS[event.key];
        if (!action) return;
        act(action);
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', down);
    return () => {
      window.removeEventListener('keydown', down);
    };
  });
}

// The drawer as its window comes and goes: it says when it is rendered, so that the window is shown then, and starts
// again when the window is closed, because a closed window is only hidden. Hidden it does nothing.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

import type { Platform } from '../platform/platform';
import { useFollowing } from '../query';
import { text } from '../text';
import { Unread } from '../Unread';
import { Drawer } from './Drawer';
import type { DrawerStore } from './store';

export function Kept({ platform, store }: { platform: Platform; store: DrawerStore }) {
  const shown = useSyncExternalStore(store.subscribe, store.shown);
  const [closed, setClosed] = useState(0);
  const isRead = shown.view !== null;
  // A failure is something to show too.
  const rendered = isRead || shown.failed;

  useEffect(() => {
    // An effect, because a page that is not seen yet has no animation frames.
    if (rendered) sayRendered(platform);
  }, [rendered, platform]);

  const onSeen = useCallback(
    () =>
      platform.onSeen((seen) => {
        if (!seen) {
          store.rest();
          // What was typed, opened and scrolled is gone, as in a new window.
          setClosed((times) => times + 1);
          return;
        }
        void store.wake().then(() => {
          sayRendered(platform);
        });
      }),
    [platform, store],
  );
  useFollowing(onSeen);

  // Until there is something to show, nobody sees the page.
  if (isRead) return <Drawer key={closed} platform={platform} store={store} />;
  return shown.failed ? <Unread title={text('unread.people')} again={() => void store.wake()} /> : null;
}

/** A window that does not hear of it is shown after a while all the same. */
function sayRendered(platform: Platform): void {
  platform.rendered().catch(() => undefined);
}

// The drawer while its window is shown and hidden. It reports when it is rendered, because the window is shown then, and
// starts from the beginning when the window is closed, because a closed window is only hidden. It does nothing while hidden.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

import type { Platform } from '../platform/platform';
import { useSubscription } from '../query';
import { text } from '../text';
import { Unread } from '../Unread';
import { Drawer } from './Drawer';
import type { DrawerStore } from './store';

export function DrawerWindow({ platform, store }: { platform: Platform; store: DrawerStore }) {
  const shown = useSyncExternalStore(store.subscribe, store.snapshot);
  const [closed, setClosed] = useState(0);
  const hasView = shown.view !== null;
  // A failure is something to show too.
  const rendered = hasView || shown.failed;

  useEffect(() => {
    // An effect, because a page that is not visible yet has no animation frames.
    if (rendered) reportRendered(platform);
  }, [rendered, platform]);

  const onSeen = useCallback(
    () =>
      platform.onSeen((seen) => {
        if (!seen) {
          store.suspend();
          // Drops what was typed, opened and scrolled, as in a new window.
          setClosed((times) => times + 1);
          return;
        }
        void store.resume().then(() => {
          reportRendered(platform);
        });
      }),
    [platform, store],
  );
  useSubscription(onSeen);

  // Until there is something to show, the page is not visible.
  if (hasView) return <Drawer key={closed} platform={platform} store={store} />;
  return shown.failed ? <Unread title={text('unread.people')} retry={() => void store.resume()} /> : null;
}

/** If the report gets lost, the window is shown after a while anyway. */
function reportRendered(platform: Platform): void {
  platform.rendered().catch(() => undefined);
}

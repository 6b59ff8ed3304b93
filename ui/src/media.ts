// A media query, and whether the page is hidden, as React state.
import { useCallback, useSyncExternalStore } from 'react';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    useCallback(
      (listener: () => void) => {
        const list = matchMedia(query);
        list.addEventListener('change', listener);
        return () => {
          list.removeEventListener('change', listener);
        };
      },
      [query],
    ),
    () => matchMedia(query).matches,
  );
}

function subscribeToHidden(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
  };
}

export function useHidden(): boolean {
  return useSyncExternalStore(subscribeToHidden, () => document.hidden);
}

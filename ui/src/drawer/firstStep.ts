// Focuses the login button when the drawer opens before the first login: there is nobody to search for yet.
import { useEffect, type RefObject } from 'react';

import type { View } from '../bindings/View';
import { atOpening } from '../focus';

/** Must be called after the search field has taken the focus. */
export function useFirstStep(view: View | null, above: RefObject<HTMLElement | null>): void {
  const first = view?.stage.is === 'loginNeeded' && view.counts.known === 0;
  useEffect(() => {
    if (!first) return undefined;
    return atOpening(() => above.current?.querySelector('button')?.focus());
  }, [first, above]);
}

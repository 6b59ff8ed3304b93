// Where the focus is when the drawer opens and a login is all there is to do: on the button that leads on, not in a search
// through nobody.
import { useEffect, type RefObject } from 'react';

import type { View } from '../bindings/View';
import { atOpening } from '../focus';

/** After the search field, which takes the focus at other times. */
export function useFirstStep(view: View | null, above: RefObject<HTMLElement | null>): void {
  const first = view?.stage.is === 'loginNeeded' && view.counts.known === 0;
  useEffect(() => {
    if (!first) return undefined;
    return atOpening(() => above.current?.querySelector('button')?.focus());
  }, [first, above]);
}

// While the pointer or the focus is in the list, its rows stay where they are: whoever is about to press one presses the
// one that is seen. Rust keeps them, and lets them move after a while all the same.
import { useEffect, type RefObject } from 'react';

import type { Act } from '../act';

/** So long Rust keeps the rows in their places, in ms; whoever is still at work then asks again. */
const HELD = 10_000;

/** Asks for the rows to stay while the pointer or the focus is in this part of the page. */
export function useHold(part: RefObject<HTMLElement | null>, act: Act): void {
  useEffect(() => {
    const element = part.current;
    if (!element) return;
    let [pointer, focus] = [false, false];
    /** When it was asked for; none while it is not. */
    let since: number | undefined;
    const report = () => {
      const on = pointer || focus;
      if (on ? since !== undefined && performance.now() - since < HELD : since === undefined) return;
      since = on ? performance.now() : undefined;
      act({ hold: { on } });
    };
    const ending = new AbortController();
    const hear = (
      name: 'pointerover' | 'pointermove' | 'pointerleave' | 'focusin' | 'focusout' | 'keydown',
      what: (event: Event) => void,
    ) => {
      element.addEventListener(
        name,
        (event) => {
          what(event);
          report();
        },
        { signal: ending.signal },
      );
    };
    const points = (event: Event) => {
      // A finger points at nothing once it is lifted.
      pointer = !(event instanceof PointerEvent && event.pointerType === 'touch');
    };
    hear('pointerover', points);
    hear('pointermove', points);
    hear('pointerleave', () => {
      pointer = false;
    });
    hear('focusin', () => {
      focus = true;
    });
    hear('focusout', (event) => {
      const to = event instanceof FocusEvent ? event.relatedTarget : null;
      focus = to instanceof Node && element.contains(to);
    });
    hear('keydown', () => undefined);
    return () => {
      ending.abort();
      [pointer, focus] = [false, false];
      report();
    };
  }, [part, act]);
}

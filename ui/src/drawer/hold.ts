// While the pointer or the focus is in the list, its rows stay in place, so that a press hits the row that is seen. Rust
// keeps them there, for a limited time.
import { useEffect, type RefObject } from 'react';

import type { Act } from '../act';

/** How long Rust keeps the rows in place, in ms; after that the page asks again if the person is still active. */
const HELD = 10_000;

/** Asks Rust to keep the rows in place while the pointer or the focus is in this part of the page. */
export function useHold(part: RefObject<HTMLElement | null>, act: Act): void {
  useEffect(() => {
    const element = part.current;
    if (!element) return;
    let [pointer, focus] = [false, false];
    /** When it was requested; none while it is not. */
    let since: number | undefined;
    const report = () => {
      const on = pointer || focus;
      if (on ? since !== undefined && performance.now() - since < HELD : since === undefined) return;
      since = on ? performance.now() : undefined;
      act({ hold: { on } });
    };
    const cleanup = new AbortController();
    const listen = (
      name: 'pointerover' | 'pointermove' | 'pointerleave' | 'focusin' | 'focusout' | 'keydown',
      what: (event: Event) => void,
    ) => {
      element.addEventListener(
        name,
        (event) => {
          what(event);
          report();
        },
        { signal: cleanup.signal },
      );
    };
    const points = (event: Event) => {
      // A finger does not point at anything once it is lifted.
      pointer = !(event instanceof PointerEvent && event.pointerType === 'touch');
    };
    listen('pointerover', points);
    listen('pointermove', points);
    listen('pointerleave', () => {
      pointer = false;
    });
    listen('focusin', () => {
      focus = true;
    });
    listen('focusout', (event) => {
      const to = event instanceof FocusEvent ? event.relatedTarget : null;
      focus = to instanceof Node && element.contains(to);
    });
    listen('keydown', () => undefined);
    return () => {
      cleanup.abort();
      [pointer, focus] = [false, false];
      report();
    };
  }, [part, act]);
}

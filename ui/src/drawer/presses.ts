// Which presses are ignored: the second half of a double click, and a press on a button that moved under the pointer a
// moment ago. A key that is held down counts as one press.
import { useEffect, useRef, type RefObject } from 'react';

import type { Action } from '../bindings/Action';
import { TOO_SOON } from './scrollAnchor';

/** A press within this time after another is the second half of a double click, in ms. */
export const DOUBLE = 500;
/** A button that has moved by less counts as not moved, in px. */
const SAME = 8;

/** True for actions that a second press must not repeat: they call, end a call, or dismiss the next row. */
function isOnce(action: Action): boolean {
  if (typeof action === 'string') return ['callAnyway', 'callAgain', 'hangUp'].includes(action);
  return 'call' in action || 'callBack' in action || 'dismissMissed' in action;
}

/** A function that returns for each action whether it is the second half of a double click; `now` in ms. */
export function doubleClickFilter(): (action: Action, now: number) => boolean {
  let last = -Infinity;
  return (action, now) => {
    if (!isOnce(action)) return false;
    const isSecond = now - last < DOUBLE;
    // A third press counts from the second: a key that is held down stays one press.
    last = now;
    return isSecond;
  };
}

/** Ignores a press on a button that appeared or moved under the pointer a moment ago: it was meant for what was there. */
export function useIgnoreMovedButtons(region: RefObject<HTMLElement | null>): void {
  const places = useRef(new Map<Element, { top: number; since: number }>());
  useEffect(() => {
    const element = region.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const measure = (since: number) => {
      const before = places.current;
      const buttons = [...element.querySelectorAll('button')];
      places.current = new Map(
        buttons.map((button) => {
          const { top } = button.getBoundingClientRect();
          const was = before.get(button);
          return [button, was && Math.abs(was.top - top) < SAME ? was : { top, since }];
        }),
      );
    };
    measure(-Infinity);
    let first = true;
    const observer = new ResizeObserver(() => {
      // The first report is the initial size.
      if (!first) measure(performance.now());
      first = false;
    });
    observer.observe(element);
    let ignored = false;
    const pressed = ({ target }: PointerEvent) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const since = button ? places.current.get(button)?.since : undefined;
      ignored = since !== undefined && performance.now() - since < TOO_SOON;
    };
    const clicked = (event: MouseEvent) => {
      if (ignored) event.stopPropagation();
      ignored = false;
    };
    // A press that ended elsewhere has no click: the next click may be that of a key.
    const keyPressed = () => {
      ignored = false;
    };
    element.addEventListener('pointerdown', pressed, true);
    element.addEventListener('keydown', keyPressed, true);
    element.addEventListener('click', clicked, true);
    return () => {
      observer.disconnect();
      element.removeEventListener('pointerdown', pressed, true);
      element.removeEventListener('keydown', keyPressed, true);
      element.removeEventListener('click', clicked, true);
    };
  }, [region]);
}

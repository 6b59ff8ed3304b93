// Which presses are not meant: the second half of a double click, and one on a button that came under the pointer a
// moment ago. Keys that are held down are such seconds too.
import { useEffect, useRef, type RefObject } from 'react';

import type { Action } from '../bindings/Action';
import { TOO_SOON } from './steady';

/** So long after one press the next is the second half of a double click, in ms. */
export const DOUBLE = 500;
/** A button that has moved by less is where it was, in px. */
const SAME = 8;

/** True for what a second press at the same place must not do: it calls, ends a call, or puts the next row away. */
function isOnce(action: Action): boolean {
  if (typeof action === 'string') return ['callAnyway', 'callAgain', 'hangUp'].includes(action);
  return 'call' in action || 'callBack' in action || 'dismissMissed' in action;
}

/** Says of each action whether it is the second half of a double click; `now` in ms. */
export function secondHalves(): (action: Action, now: number) => boolean {
  let last = -Infinity;
  return (action, now) => {
    if (!isOnce(action)) return false;
    const isSecond = now - last < DOUBLE;
    // A third press counts from the second: a key that is held down stays one press.
    last = now;
    return isSecond;
  };
}

/** Takes no press on a button that came or moved under the pointer a moment ago: it was meant for what was there. */
export function useMeant(region: RefObject<HTMLElement | null>): void {
  const places = useRef(new Map<Element, { top: number; since: number }>());
  useEffect(() => {
    const element = region.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const look = (since: number) => {
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
    look(-Infinity);
    let first = true;
    const observer = new ResizeObserver(() => {
      // It begins with the size that is there.
      if (!first) look(performance.now());
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
    // A press that ended elsewhere has no click: the next one may be a key's.
    const typed = () => {
      ignored = false;
    };
    element.addEventListener('pointerdown', pressed, true);
    element.addEventListener('keydown', typed, true);
    element.addEventListener('click', clicked, true);
    return () => {
      observer.disconnect();
      element.removeEventListener('pointerdown', pressed, true);
      element.removeEventListener('keydown', typed, true);
      element.removeEventListener('click', clicked, true);
    };
  }, [region]);
}

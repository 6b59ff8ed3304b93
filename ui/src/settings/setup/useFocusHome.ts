// Where the focus goes when what had it goes: to the nearest part around it that is still there and can have it. The
// browser would give it to the page, where no key does anything.
import { useEffect, useRef } from 'react';

/** Watches over what is inside of `root`. Parts that can have the focus have `tabIndex={-1}`. */
export function useFocusHome(root: HTMLElement | null): void {
  const around = useRef<HTMLElement[]>([]);
  useEffect(() => {
    if (!root) return;
    const entered = ({ target }: FocusEvent) => {
      const parts: HTMLElement[] = [];
      for (let part = target; part instanceof HTMLElement && part !== root.parentElement; part = part.parentElement) {
        parts.push(part);
      }
      around.current = parts;
    };
    const left = ({ target }: FocusEvent) => {
      // Somebody moved it. Some browsers say so too while they remove an element, which is gone by then.
      queueMicrotask(() => {
        if (target instanceof HTMLElement && target.isConnected && around.current[0] === target) around.current = [];
      });
    };
    root.addEventListener('focusin', entered);
    root.addEventListener('focusout', left);
    return () => {
      root.removeEventListener('focusin', entered);
      root.removeEventListener('focusout', left);
    };
  }, [root]);
  useEffect(() => {
    const [had, ...others] = around.current;
    if (!had || had.isConnected || document.activeElement !== document.body) return;
    others.find((part) => part.isConnected && part.tabIndex === -1 && part.hasAttribute('tabindex'))?.focus();
  });
}

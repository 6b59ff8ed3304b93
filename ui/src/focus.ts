// Sets the focus when a window opens, and keeps it when the focused element disappears: the part of the page that contained
// the element then gets the focus, so that it is never lost to the document.
import { useCallback, type RefCallback } from 'react';

/** The elements that a screen reader can name as the place of the focus. */
const PART = '[tabindex], header, section, main, footer';
/** A layer over the page, which gives the focus back when it closes. */
const APART = '[role="menu"], [role="dialog"], [role="alertdialog"]';

/**
 * Calls `setFocus` now and whenever the window is shown again. A page is ready before it is visible, and the first key must
 * reach the right element. The returned function ends it.
 */
export function atOpening(setFocus: () => void): () => void {
  const shown = () => {
    if (!document.hidden) setFocus();
  };
  setFocus();
  document.addEventListener('visibilitychange', shown);
  return () => {
    document.removeEventListener('visibilitychange', shown);
  };
}

/**
 * Keeps the focus in the element with this `ref`: when the focused element disappears, the nearest part that contained it
 * gets the focus; if there is none, `home` is called to set it. Menus, dialogs and lists keep the focus by themselves; they
 * do so earlier.
 */
export function useFocusHome(home: (root: HTMLElement) => void): RefCallback<HTMLElement> {
  return useCallback((root) => (root ? watch(root, home) : undefined), [home]);
}

function watch(root: HTMLElement, home: (root: HTMLElement) => void): () => void {
  /** The element that had the focus last, and its ancestors, from the inside out. */
  let path: HTMLElement[] = [];
  const focused = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && !target.closest(APART)) path = ancestors(target);
  };
  // A press elsewhere leaves the element, even if nothing there takes the focus.
  const pressed = ({ target }: PointerEvent) => {
    if (!(target instanceof Node && path[0]?.contains(target))) path = [];
  };
  const observer = new MutationObserver(() => {
    const [had, ...around] = path;
    if (!had || had.isConnected || document.activeElement !== document.body) return;
    const next = around.find((part) => part !== root && part.isConnected && part.matches(PART));
    if (next) visit(next);
    else home(root);
  });
  observer.observe(root, { childList: true, subtree: true });
  document.addEventListener('focusin', focused);
  window.addEventListener('pointerdown', pressed, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', focused);
    window.removeEventListener('pointerdown', pressed, true);
  };
}

/** Focuses a part of the page. It is focusable only until it loses the focus, so that a press on it does not focus it. */
export function visit(part: HTMLElement): void {
  const isOwn = part.hasAttribute('tabindex');
  if (!isOwn) part.tabIndex = -1;
  part.focus({ preventScroll: true });
  if (isOwn) return;
  const left = () => {
    part.removeAttribute('tabindex');
  };
  part.addEventListener('blur', left, { once: true });
}

function ancestors(element: HTMLElement): HTMLElement[] {
  const path = [];
  for (let at: HTMLElement | null = element; at; at = at.parentElement) path.push(at);
  return path;
}

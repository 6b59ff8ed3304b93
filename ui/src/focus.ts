// Where the focus is when a window opens, and that it never falls to the page: what had it and goes away leaves it to the
// part that it was in.
import { useCallback, type RefCallback } from 'react';

/** What a screen reader can name as the place of the focus. */
const PART = '[tabindex], header, section, main, footer';
/** A layer over the page, which gives the focus back when it closes. */
const APART = '[role="menu"], [role="dialog"], [role="alertdialog"]';

/**
 * Gives the focus now, seen or not, and whenever the window is shown again: a page is ready before anybody sees it, and
 * the first key must find what it is for. What it gives back ends it.
 */
export function atOpening(give: () => void): () => void {
  const shown = () => {
    if (!document.hidden) give();
  };
  give();
  document.addEventListener('visibilitychange', shown);
  return () => {
    document.removeEventListener('visibilitychange', shown);
  };
}

/**
 * Keeps the focus in a part of the page, by its `ref`: when what has it goes away, the nearest part around it has it, else
 * what `home` gives it to. Menus and dialogs give it back by themselves, and lists have rules of their own: those come first.
 */
export function useFocusHome(home: (root: HTMLElement) => void): RefCallback<HTMLElement> {
  return useCallback((root) => (root ? watch(root, home) : undefined), [home]);
}

function watch(root: HTMLElement, home: (root: HTMLElement) => void): () => void {
  /** What had the focus last, and what it is in, from the inside out. */
  let path: HTMLElement[] = [];
  const focused = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && !target.closest(APART)) path = ancestors(target);
  };
  // Who presses anywhere else has left, even if nothing there takes the focus.
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

/** Gives the focus to a part of the page, which takes it this once only: a press on its ground is not meant for it. */
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

// What jsdom lacks: a size for the list, scrolling, a canvas, animations, and the system's media settings.
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

// How long a test waits for what comes: long enough for a machine that compiles meanwhile. What comes at once costs nothing.
configure({ asyncUtilTimeout: 10_000 });

Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { configurable: true, get: () => 700 },
  offsetWidth: { configurable: true, get: () => 380 },
  clientHeight: { configurable: true, get: () => 700 },
  scrollHeight: { configurable: true, get: () => 1_000_000 },
});
HTMLCanvasElement.prototype.getContext = () => null;
// An animation is over at once. Without any, Fluent waits for a render that may not come.
Element.prototype.animate = () => {
  const animation = {
    playState: 'finished',
    set onfinish(ended: () => void) {
      setTimeout(ended);
    },
    cancel: () => undefined,
    persist: () => undefined,
  };
  return animation as unknown as Animation;
};
Element.prototype.scrollTo = function scrollTo(options?: ScrollToOptions | number) {
  this.scrollTop = typeof options === 'object' ? (options.top ?? 0) : 0;
  this.dispatchEvent(new Event('scroll'));
};

beforeEach(() => {
  media();
});

afterEach(cleanup);

/** Makes these media queries true, and every other one false. */
export function media(...matching: string[]): void {
  vi.stubGlobal('matchMedia', (query: string) => {
    const list = new EventTarget();
    return Object.assign(list, { matches: matching.includes(query), media: query });
  });
}

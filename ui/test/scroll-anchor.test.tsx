import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { placeAfter } from '../src/drawer/scrollAnchor';
import { BACK, caller, incoming, missed } from './calls';
import { EVERYONE, FakePlatform, FAVOURITES, people, person, stopClock } from './fake';
import { show } from './show';

/** The page as it would be drawn, in px: the header ends where it begins, the foot begins where it ends. */
const PAGE = { top: 152, bottom: 687 };

const pixels = (most: number) => fc.integer({ min: 0, max: most });

describe('a place', () => {
  it('keeps every row under the pointer, whatever appears or disappears above', () => {
    const law = fc.property(
      fc.record({ scroll: pixels(2000), gap: pixels(200), end: pixels(200) }),
      fc.integer({ min: -300, max: 300 }),
      fc.record({ view: fc.integer({ min: 300, max: 700 }), rows: pixels(4000), atStart: fc.boolean() }),
      (before, by, room) => {
        const after = placeAfter(by, before, { ...room, pointerInside: true });
        expect(after.scroll - after.gap).toBe(before.scroll - before.gap + by);
        expect(Math.min(after.scroll, after.gap, after.end)).toBeGreaterThanOrEqual(0);
        // It can be scrolled so far.
        const view = room.view + before.gap - after.gap;
        expect(after.scroll).toBeLessThanOrEqual(Math.max(0, room.rows + after.end - view));
      },
    );
    fc.assert(law);
  });

  it('keeps the rows on screen without a pointer too, but leaves no gap', () => {
    const room = { view: 500, rows: 4000, pointerInside: false, atStart: false };
    expect(placeAfter(56, { scroll: 400, gap: 0, end: 0 }, room)).toEqual({ scroll: 456, gap: 0, end: 0 });
    expect(placeAfter(-56, { scroll: 20, gap: 0, end: 0 }, room)).toEqual({ scroll: 0, gap: 0, end: 0 });
  });

  it('stays at the top without a pointer on the page', () => {
    const room = { view: 500, rows: 4000, pointerInside: false, atStart: true };
    expect(placeAfter(0, { scroll: 56, gap: 0, end: 12 }, room)).toEqual({ scroll: 0, gap: 0, end: 0 });
  });
});

describe('the rows of the list', () => {
  let height = 0;
  /** Those who want to know of the size of what is above the list. */
  const resized = new Set<() => void>();

  beforeEach(() => {
    height = 0;
    resized.clear();
    class Observer {
      readonly #resize: () => void;
      constructor(resize: () => void) {
        this.#resize = resize;
      }
      observe(element: Element) {
        if (element.className.includes('above')) resized.add(this.#resize);
      }
      unobserve() {
        // Nothing is observed for good here.
      }
      disconnect() {
        resized.delete(this.#resize);
      }
    }
    vi.stubGlobal('ResizeObserver', Observer);
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function rect(this: Element) {
      const box = (top: number, bottom: number) => new DOMRect(0, top, 380, bottom - top);
      if (this.tagName === 'MAIN') return box(PAGE.top, PAGE.bottom);
      if (this.className.includes('above')) return box(PAGE.top, PAGE.top + height);
      if (this.className.includes('scroller')) return box(listTop(), PAGE.bottom);
      const list = this.parentElement;
      if (list?.className.includes('scroller')) {
        const end = listTop() - list.scrollTop + 400 * 44;
        return box(end, end);
      }
      return box(0, 0);
    });
  });

  function gap(): number {
    return Number.parseFloat(document.querySelector<HTMLElement>('[class*=gap]')?.style.height ?? '') || 0;
  }

  function listTop(): number {
    return PAGE.top + height + gap();
  }

  function scroller(): HTMLElement {
    const element = document.querySelector<HTMLElement>('[class*=scroller]');
    if (!element) throw new Error('no list');
    return element;
  }

  /** Where somebody's row is on the screen. */
  function place(id: string): number {
    const row = screen.getByRole('rowheader', { name: new RegExp(`^Person ${id}\\.`) });
    return listTop() + Number(/translateY\((\d+)px\)/.exec(row.style.transform)?.[1]) - scroller().scrollTop;
  }

  function point(y: number) {
    fireEvent(window, new MouseEvent('pointermove', { clientX: 100, clientY: y }));
  }

  /** What is above the list gets this height. */
  function becomes(wanted: number) {
    act(() => {
      height = wanted;
      for (const resize of resized) resize();
    });
  }

  function scroll(top: number) {
    scroller().scrollTop = top;
    fireEvent.scroll(scroller());
  }

  async function shown() {
    const platform = new FakePlatform(people(400));
    await show(platform);
    await screen.findByRole('rowheader', { name: /^Person 5\./ });
    return platform;
  }

  /** Another call is missed; the button that comes with it. */
  async function anotherMissed(platform: FakePlatform): Promise<HTMLElement> {
    // It begins with the size that is there.
    becomes(0);
    act(() => {
      platform.change({ missed: [missed(), missed({ contact: 'm2' })] });
    });
    await waitFor(() => {
      expect(screen.getAllByRole('button', { name: 'Call back' })).toHaveLength(2);
    });
    becomes(56);
    const [, fresh] = screen.getAllByRole('button', { name: 'Call back' });
    if (!fresh) throw new Error('no button');
    return fresh;
  }

  it('stay under the pointer at the top of the list, when something appears and when it disappears', async () => {
    await shown();
    point(300);
    const before = place('5');
    becomes(56);
    expect(place('5')).toBe(before);
    becomes(142);
    expect(place('5')).toBe(before);
    becomes(0);
    expect(place('5')).toBe(before);
    expect([scroller().scrollTop, gap()]).toEqual([0, 0]);
  });

  it('stay under the pointer when something from the start disappears, and move once the pointer leaves', async () => {
    height = 90;
    await shown();
    point(400);
    const before = place('5');
    becomes(0);
    expect([place('5'), gap()]).toEqual([before, 90]);
    point(700);
    expect([place('5'), gap()]).toEqual([before - 90, 0]);
  });

  it('stay in place further down, without a pointer', async () => {
    await shown();
    scroll(40 * 44);
    await screen.findByRole('rowheader', { name: /^Person 45\./ });
    const before = place('45');
    becomes(56);
    expect(place('45')).toBe(before);
    becomes(0);
    expect(place('45')).toBe(before);
  });

  it('return to the top when the pointer has left', async () => {
    await shown();
    point(300);
    becomes(56);
    expect(scroller().scrollTop).toBe(56);
    point(100);
    expect([scroller().scrollTop, gap()]).toEqual([0, 0]);
  });

  it('are where the person has scrolled to, whatever was before', async () => {
    await shown();
    point(300);
    becomes(56);
    scroll(500);
    point(100);
    expect(scroller().scrollTop).toBe(500);
    expect(gap()).toBe(0);
  });

  it('stay in place for new rows above them at the top, while the pointer is there', async () => {
    const platform = await shown();
    point(300);
    const before = place('5');
    act(() => {
      platform.change({}, [FAVOURITES, person('a'), EVERYONE, ...people(400).slice(1)]);
    });
    await screen.findByRole('heading', { name: 'Favourites' });
    await waitFor(() => {
      expect(place('5')).toBe(before);
    });
  });

  it('ignore a press on Call right after they have moved', async () => {
    stopClock();
    const numbers = [{ kind: 'Work', words: '+1', dial: { e164: '+12065550177', digits: null }, refused: null }];
    const platform = new FakePlatform([EVERYONE, person('1', { numbers, callRefused: null }), ...people(9).slice(2)]);
    await show(platform);
    const button = await screen.findByRole('button', { name: 'Call Person 1' });
    becomes(56);
    fireEvent.click(button);
    expect(platform.asked).toEqual([]);
  });

  it('are not covered by a button that can be pressed at once', async () => {
    const platform = new FakePlatform(people(3), { missed: [missed()], incoming: [incoming({ who: caller() })] });
    await show(platform);
    const clock = stopClock();
    const fresh = await anotherMissed(platform);
    const press = () => {
      fireEvent.pointerDown(fresh);
      fireEvent.click(fresh);
    };
    press();
    expect(platform.asked).toEqual([]);
    clock(400);
    press();
    expect(platform.asked).toEqual([{ callBack: { contact: 'm2', number: BACK.dial } }]);
  });

  it('react to a key after an ignored press of the pointer that ended elsewhere', async () => {
    const platform = new FakePlatform(people(3), { missed: [missed()] });
    const user = await show(platform);
    const clock = stopClock();
    const fresh = await anotherMissed(platform);
    fireEvent.pointerDown(fresh);
    clock(5000);
    fresh.focus();
    await user.keyboard('{Enter}');
    expect(platform.asked).toEqual([{ callBack: { contact: 'm2', number: BACK.dial } }]);
  });
});

// Larger words, once asked for, stay larger in every window.
import { fireEvent } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { keepZoom } from '../src/zoom';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

/** A window that begins here; what it was zoomed to. */
function begin(): number[] {
  const zoomed: number[] = [];
  keepZoom((factor) => {
    zoomed.push(factor);
    return Promise.resolve();
  });
  return zoomed;
}

function press(key: string, more: KeyboardEventInit = {}): void {
  fireEvent.keyDown(window, { key, ctrlKey: true, ...more });
}

it('zooms by keys to 200 % and not further, and back to 100 % by one key', () => {
  const zoomed = begin();
  for (let times = 0; times < 7; times += 1) press(times % 2 ? '=' : '+');
  expect(zoomed).toEqual([1.1, 1.25, 1.5, 1.75, 2, 2, 2]);
  press('-');
  press('0');
  expect(zoomed.slice(-2)).toEqual([1.75, 1]);
});

it('is stored for the next window', () => {
  begin();
  press('+');
  press('+');
  expect(begin()).toEqual([1.25]);
});

it('follows the other window', () => {
  const zoomed = begin();
  localStorage.setItem('zoom', '1.5');
  window.dispatchEvent(new StorageEvent('storage', { key: 'zoom' }));
  window.dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
  expect(zoomed).toEqual([1.5]);
});

it('reacts to the wheel with Ctrl, and to no other key or wheel', () => {
  const zoomed = begin();
  expect(fireEvent.wheel(window, { deltaY: -1, ctrlKey: true })).toBe(false);
  expect(zoomed).toEqual([1.1]);
  fireEvent.wheel(window, { deltaY: -1 });
  press('+', { ctrlKey: false });
  press('+', { altKey: true });
  press('a');
  expect(zoomed).toEqual([1.1]);
});

it.each(['7', 'large', ''])('starts with 100 % if %o is stored', (kept) => {
  localStorage.setItem('zoom', kept);
  expect(begin()).toEqual([]);
});

it('zooms without storage', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
  const zoomed = begin();
  press('+');
  press('+');
  expect(zoomed).toEqual([1.1, 1.25]);
});

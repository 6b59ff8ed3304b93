import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { useNow } from '../src/now';
import { MINUTE } from '../src/time';

beforeEach(() => {
  vi.useFakeTimers({ now: 10 * MINUTE + 42_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function Minutes() {
  return useNow(MINUTE) / MINUTE;
}

function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

it('ticks at the full minute, by one shared timer, which stops without listeners', () => {
  const { container, unmount } = render(
    <>
      <Minutes /> <Minutes />
    </>,
  );
  expect(container.textContent).toBe('10 10');
  expect(vi.getTimerCount()).toBe(1);
  pass(17_999);
  expect(container.textContent).toBe('10 10');
  pass(1);
  expect(container.textContent).toBe('11 11');
  pass(2 * MINUTE);
  expect(container.textContent).toBe('13 13');
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});

it('stops while the page is hidden, and is correct when it is shown again', () => {
  const { container } = render(<Minutes />);
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(vi.getTimerCount()).toBe(0);
  pass(3 * MINUTE);
  hidden.mockReturnValue(false);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(container.textContent).toBe('13');
  expect(vi.getTimerCount()).toBe(1);
});

import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { FakePlatform, people } from './fake';
import { showWindow } from './show';

async function shown(platform: FakePlatform): Promise<void> {
  showWindow(platform);
  await screen.findByRole('banner');
}

async function setSeen(platform: FakePlatform, seen: boolean): Promise<void> {
  await act(async () => {
    platform.seen(seen);
    await Promise.resolve();
  });
}

it('reports that it is rendered once the first view is on the page, and not before', async () => {
  const platform = new FakePlatform(people(3));
  let answer: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => (answer = resolve));
  const view = platform.view.bind(platform);
  platform.view = () => wait.then(view);
  const rendered = shown(platform);
  expect(platform.calls).not.toContain('rendered');
  expect(document.querySelector('main')).toBeNull();
  answer();
  await rendered;
  expect(platform.calls).toEqual(['lines 0', 'view', 'rendered']);
});

it('registers again for whether it is shown, if that failed', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const platform = new FakePlatform(people(3));
  const onSeen = platform.onSeen.bind(platform);
  let failures = 1;
  platform.onSeen = (listener) => (failures-- > 0 ? Promise.reject(new Error('not yet')) : onSeen(listener));
  await shown(platform);
  await vi.advanceTimersByTimeAsync(1000);
  const field = screen.getByRole('searchbox');
  fireEvent.change(field, { target: { value: 'ann' } });
  await setSeen(platform, false);
  expect(screen.getByRole('searchbox')).toHaveProperty('value', '');
  vi.useRealTimers();
});

it('starts again when it is closed', async () => {
  const platform = new FakePlatform(people(3));
  await shown(platform);
  const field = screen.getByRole('searchbox');
  await userEvent.type(field, 'ann');
  await setSeen(platform, false);
  expect(screen.getByRole('searchbox')).toHaveProperty('value', '');
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
});

it('shows the current state before it reports that it is rendered again', async () => {
  const platform = new FakePlatform(people(3));
  await shown(platform);
  await setSeen(platform, false);
  const before = platform.calls.length;
  platform.change({ own: { ...platform.current.own, name: 'Anna Berg' } });
  await setSeen(platform, false);
  expect(platform.calls.length).toBe(before);
  let name: string | null | undefined;
  platform.rendered = () => {
    name = document.querySelector('h1')?.textContent;
    return Promise.resolve();
  };
  await setSeen(platform, true);
  await screen.findByText('Anna Berg');
  expect(name).toBe('Anna Berg');
});

// How the drawer looks by the settings: its colours, and lower rows.
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { FakePlatform } from './fake';
import { show } from './show';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

function avatarOf(name: string): HTMLElement {
  const avatar = screen.getByText(name).closest('[data-index]')?.querySelector<HTMLElement>('.fui-Avatar');
  if (!avatar) throw new Error(`no avatar of ${name}`);
  return avatar;
}

it('has compact rows with smaller avatars as soon as the settings say so', async () => {
  const platform = new FakePlatform();
  await show(platform);
  await screen.findByText('Person 1');
  const usual = avatarOf('Person 1').className;
  act(() => {
    platform.change({ look: { theme: 'system', compact: true } });
  });
  await waitFor(() => {
    expect(avatarOf('Person 1').className).not.toBe(usual);
  });
});

it('has the theme of the settings', async () => {
  await show(new FakePlatform(undefined, { look: { theme: 'dark', compact: false } }));
  await waitFor(() => {
    expect(document.querySelector('.theme-dark')).toBeTruthy();
  });
});

it('is rendered without storage', async () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
  await show(new FakePlatform(undefined, { look: { theme: 'dark', compact: false } }));
  await waitFor(() => {
    expect(document.querySelector('.theme-dark')).toBeTruthy();
  });
});

// How the drawer looks by the settings: its colours, and lower rows.
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { FakePlatform } from './fake';
import { show } from './show';

afterEach(() => {
  localStorage.clear();
});

function avatarOf(name: string): HTMLElement {
  const avatar = screen.getByText(name).closest('[data-index]')?.querySelector<HTMLElement>('.fui-Avatar');
  if (!avatar) throw new Error(`no avatar of ${name}`);
  return avatar;
}

it('has lower rows with smaller avatars when the settings say so, and at once', async () => {
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

// In the settings window too the focus never falls to the page when what had it goes away.
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { CONTROLS } from '../dev/settingsPages';
import { SETUP } from '../dev/setup';
import type { SettingsPage } from '../src/bindings/SettingsPage';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { FakeSettings } from './fakeSettings';

function show(page: SettingsPage, platform: FakeSettings): UserEvent {
  render(
    <Theme>
      <Settings platform={platform} first={page} />
    </Theme>,
  );
  return userEvent.setup();
}

/** Presses a button by its key; it goes away by itself, or by what changes then. */
async function press(user: UserEvent, name: string, then: () => void = () => undefined): Promise<void> {
  const button = await screen.findByRole('button', { name });
  act(() => {
    button.focus();
  });
  await user.keyboard('{Enter}');
  act(then);
  await waitFor(() => {
    expect(button.isConnected).toBe(false);
  });
  // A mutation is reported after the turn that made it.
  await waitFor(() => {
    expect(document.activeElement).not.toBe(document.body);
  });
}

it('stays at the answer when its button disappears', async () => {
  const platform = new FakeSettings();
  const { answer } = platform;
  const user = show('timeline', platform);
  await press(user, 'Release', () => {
    platform.answer = { ...answer, button: null };
    platform.change();
  });
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Why Busy?' }));
});

it('stays on the page when a message is dismissed', async () => {
  const user = show('timeline', new FakeSettings());
  await user.click(await screen.findByRole('button', { name: 'Export CSV' }));
  await press(user, 'Dismiss');
  expect(document.activeElement).toBe(screen.getByRole('main'));
});

it('moves to the page that follows the wizard', async () => {
  const platform = new FakeSettings();
  platform.wizard = SETUP;
  const user = show('setup', platform);
  await press(user, 'Cancel');
  expect(screen.getByRole('heading', { name: 'General' })).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole('main'));
});

it('stays on a page that was read after a failure', async () => {
  const platform = new FakeSettings();
  platform.settings = null;
  const user = show('people', platform);
  await press(user, 'Try again', () => {
    platform.settings = CONTROLS;
    platform.change();
  });
});

it('returns to the pencil of a row whose dialog is closed', async () => {
  const platform = new FakeSettings();
  platform.wizard = { ...SETUP, step: 'connectToTeams' };
  const user = show('setup', platform);
  const pencil = await screen.findByRole('button', { name: 'Edit Lunch' });
  act(() => {
    pencil.focus();
  });
  await user.keyboard('{Enter}');
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  await waitFor(() => {
    expect(document.activeElement).toBe(pencil);
  });
});

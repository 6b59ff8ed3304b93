import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { expect, it } from 'vitest';

import { SETUP } from '../dev/setup';
import { SETUPS } from '../dev/setupScenes';
import type { SetupPage } from '../src/bindings/SetupPage';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { FakeSettings } from './fakeSettings';

async function show(changes: Partial<SetupPage> = {}): Promise<[FakeSettings, UserEvent]> {
  const platform = new FakeSettings();
  platform.wizard = { ...SETUP, ...changes };
  render(
    <Theme>
      <Settings platform={platform} first="setup" />
    </Theme>,
  );
  await screen.findByRole('heading', { level: 1 });
  return [platform, userEvent.setup()];
}

it('sends what was typed once, after a pause, and keeps it over an older answer', async () => {
  const [platform, user] = await show();
  const field = screen.getByRole('textbox', { name: 'Directory (tenant) ID' });
  await user.type(field, 'contoso.com');
  act(() => {
    platform.change();
  });
  await expect
    .poll(() => platform.asked)
    .toEqual([{ setup: { edit: { field: { name: 'tenant', value: 'contoso.com' } } } }]);
  expect((field as HTMLInputElement).value).toBe('contoso.com');
});

it('hands the client secret over once, and keeps it nowhere', async () => {
  const [platform, user] = await show();
  const field = screen.getByLabelText('Client secret value (optional)');
  await user.type(field, 'a secret{Enter}');
  await user.tab();
  expect(platform.secrets).toEqual(['a secret']);
  expect((field as HTMLInputElement).value).toBe('');
  expect(JSON.stringify(platform.asked)).not.toContain('a secret');
});

it('says why it cannot go on, and does not', async () => {
  const [platform, user] = await show();
  const next = screen.getByRole('button', { name: 'Next' });
  expect(next.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByText(SETUP.next.why)).toBeTruthy();
  await user.click(next);
  expect(platform.asked).toEqual([]);
});

it('opens steps that are done and the one after them from the rail, and no other', async () => {
  const [platform, user] = await show({ done: ['registration'], step: 'registration' });
  await user.click(screen.getByRole('button', { name: /Connect instance/ }));
  await user.click(screen.getByRole('button', { name: /Teams to Connect/ }));
  expect(platform.asked).toEqual([{ setup: { edit: { open: 'instance' } } }]);
});

it('shows what the policy sets, and lets nobody change it', async () => {
  const tenant = { ...SETUP.registration.tenant, value: 'contoso.com', locked: true };
  const [platform, user] = await show({ registration: { ...SETUP.registration, tenant } });
  await user.type(screen.getByRole('textbox', { name: 'Directory (tenant) ID' }), 'x{Enter}');
  expect(platform.asked).toEqual([]);
  expect(screen.getByText('Set by your administrator')).toBeTruthy();
});

it('checks again, and offers each next step of what was found', async () => {
  const { registration } = SETUPS.setupRegistration;
  const [platform, user] = await show({ registration });
  const { clipboard } = navigator;
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  await user.click(screen.getByRole('button', { name: 'Check by a login' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'checkAgain' } }, 'teamsLogin']);
  await user.click(screen.getByRole('button', { name: 'Copy admin-consent link' }));
  expect(await clipboard.readText()).toBe('https://login.microsoftonline.com/');
});

it('says what is wrong with the client secret at its field', async () => {
  const secret = { ...SETUP.registration.secret, sign: 'failed' as const, says: 'The client secret has expired.' };
  await show({ registration: { ...SETUP.registration, secret } });
  const field = screen.getByLabelText('Client secret value (optional)');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('The client secret has expired.')).toBeTruthy();
});

it('is cancelled, and leaves to General', async () => {
  const [platform, user] = await show();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'cancel' } }]);
  expect(screen.getByRole('heading', { name: 'General' })).toBeTruthy();
});

it('tries the tables beside both steps that edit them, and nowhere else', async () => {
  const [, user] = await show({ step: 'teamsToConnect' });
  await user.click(screen.getByRole('button', { name: 'What if…' }));
  expect(screen.getByRole('dialog', { name: 'What if…' })).toBeTruthy();
  cleanup();
  await show({ step: 'connectToTeams' });
  expect(screen.getByRole('button', { name: 'What if…' })).toBeTruthy();
  cleanup();
  await show({ step: 'instance' });
  expect(screen.queryByRole('button', { name: 'What if…' })).toBeNull();
});

it('saves, and says where the policy was exported to', async () => {
  const [platform, user] = await show({ step: 'save', next: { can: true, why: '' } });
  await user.click(screen.getByRole('button', { name: 'Export policy' }));
  expect(await screen.findByText('Saved as policy.toml. It holds no secret.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'save' } }]);
});

it('sets the target of a row by its list', async () => {
  const [platform, user] = await show({ step: 'connectToTeams' });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Target for Lunch' }), 'Busy');
  expect(platform.asked).toEqual([
    {
      setup: {
        edit: {
          row: {
            side: 'connectToTeams',
            row: {
              row: 'lunch',
              target: 'busy',
              hold: null,
              source: 'any',
              onlyWhile: [],
              atMostEvery: null,
              overridePerson: false,
            },
          },
        },
      },
    },
  ]);
});

it.each(['registration', 'instance', 'connectToTeams', 'teamsToConnect', 'save'] as const)(
  'is free of findings by axe in the step %s',
  async (step) => {
    await show({ step });
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  },
);

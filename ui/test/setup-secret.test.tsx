// The client secret on its way from the field to the keyring: whole, once, and nowhere else.
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';

import { SETUP } from '../dev/setup';
import { SETUPS } from '../dev/setupScenes';
import type { FakeSettings } from './fakeSettings';
import { show } from './showSetup';

const SECRET = 'Client secret value (optional)';

it('sends the client secret when the button is pressed, and keeps it nowhere', async () => {
  const [platform, user] = await show();
  const field = screen.getByLabelText(SECRET);
  await user.type(field, 'a sec');
  await user.tab();
  expect(platform.secrets).toEqual([]);
  await user.type(field, 'ret{Enter}');
  await waitFor(() => {
    expect((field as HTMLInputElement).value).toBe('');
  });
  await user.type(field, 'another');
  await user.click(screen.getByRole('button', { name: 'Use this secret' }));
  expect(platform.secrets).toEqual(['a secret', 'another']);
  expect(JSON.stringify(platform.asked)).not.toContain('secret');
});

it('shows at the field that a secret was refused, and keeps what was typed', async () => {
  const [platform, user] = await show();
  platform.takesSecrets = false;
  const field = screen.getByLabelText(SECRET);
  await user.type(field, 'a secret{Enter}');
  expect(await screen.findByText('It could not be saved. Try again.')).toBeTruthy();
  expect((field as HTMLInputElement).value).toBe('a secret');
  platform.takesSecrets = true;
  await user.type(field, '{Enter}');
  await waitFor(() => {
    expect(platform.secrets).toEqual(['a secret']);
  });
});

/** What was asked for and handed over, in its order. */
function inOrder(platform: FakeSettings): string[] {
  const order: string[] = [];
  const [act, hand] = [platform.act.bind(platform), platform.setupSecret.bind(platform)];
  platform.act = (action) => {
    order.push(JSON.stringify(action));
    return act(action);
  };
  platform.setupSecret = async (secret) => {
    await hand(secret);
    order.push(`secret ${secret}`);
  };
  return order;
}

it.each([
  [/^Next$/, '{"setup":{"edit":{"open":"instance"}}}'],
  [/Connect instance/, '{"setup":{"edit":{"open":"instance"}}}'],
  [/^Check again$/, '{"setup":{"edit":"checkAgain"}}'],
  [/^Check by a login$/, '{"setup":{"edit":"checkLogin"}}'],
])('sends a typed secret before %s is carried out, and once', async (name, wanted) => {
  const { registration } = SETUPS.setupRegistration;
  const [platform, user] = await show({ registration, next: { can: true, why: '' }, lacks: 'instance' });
  const order = inOrder(platform);
  await user.type(screen.getByLabelText(SECRET), 'a secret');
  await user.dblClick(screen.getByRole('button', { name }));
  await waitFor(() => {
    expect(order).toContain(wanted);
  });
  expect(order[0]).toBe('secret a secret');
  expect(platform.secrets).toEqual(['a secret']);
});

it('stays at a secret that was refused, and forgets it with the rest', async () => {
  const [platform, user] = await show({ next: { can: true, why: '' } });
  platform.takesSecrets = false;
  const field = screen.getByLabelText(SECRET);
  await user.type(field, 'a secret');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText('It could not be saved. Try again.')).toBeTruthy();
  expect(document.activeElement).toBe(field);
  expect(platform.asked).toEqual([]);
  platform.takesSecrets = true;
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'cancel' } }]);
  expect(platform.secrets).toEqual([]);
});

it('shows a problem of the client secret at its field', async () => {
  const secret = { ...SETUP.registration.secret, sign: 'failed' as const, says: 'The client secret has expired.' };
  await show({ registration: { ...SETUP.registration, secret } });
  const field = screen.getByLabelText('Client secret value (optional)');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('The client secret has expired.')).toBeTruthy();
});

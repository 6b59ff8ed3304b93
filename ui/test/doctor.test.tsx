import { act, render, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { expect, it } from 'vitest';

import { DOCTOR } from '../dev/doctor';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { FakeSettings } from './fakeSettings';

function show(platform: FakeSettings): UserEvent {
  render(
    <Theme>
      <Settings platform={platform} first="doctor" />
    </Theme>,
  );
  return userEvent.setup();
}

function found(): FakeSettings {
  const platform = new FakeSettings();
  platform.found = { ...DOCTOR, report: 'good  Settings: …' };
  return platform;
}

it('starts a run if there was none yet, and shows the checks as they arrive', async () => {
  const platform = new FakeSettings();
  show(platform);
  await expect.poll(() => platform.asked).toEqual(['runDoctor']);
  expect(screen.getByRole('progressbar', { name: 'Checking…' })).toBeTruthy();

  platform.found = { ...DOCTOR, running: true, checks: DOCTOR.checks.slice(0, 1) };
  act(() => {
    platform.change();
  });
  expect(await screen.findByRole('heading', { name: 'Settings', level: 2 })).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('Checking…');

  platform.found = DOCTOR;
  act(() => {
    platform.change();
  });
  expect(await screen.findByText('1 failed, 1 warning, 3 good, 1 not checked.')).toBeTruthy();
  expect(screen.queryByRole('progressbar')).toBeNull();
});

it('shows the result of each check in words, and what to do', async () => {
  show(found());
  const title = await screen.findByRole('heading', { name: 'Redirect' });
  const redirect = title.closest('li');
  expect(redirect && within(redirect).getByRole('img', { name: 'failed' })).toBeTruthy();
  expect(redirect?.textContent).toContain('Add http://localhost under');
});

it('checks again on request, and not by itself', async () => {
  const platform = found();
  const user = show(platform);
  await screen.findByText(DOCTOR.summary);
  expect(platform.asked).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  expect(platform.asked).toEqual(['runDoctor']);
});

it('copies the report, and shows a notice', async () => {
  const user = show(found());
  await screen.findByText(DOCTOR.summary);
  await user.click(screen.getByRole('button', { name: 'Copy report' }));
  expect(await screen.findByText('Report copied')).toBeTruthy();
  expect(await navigator.clipboard.readText()).toBe('good  Settings: …');
});

it('is free of findings by axe', async () => {
  show(found());
  await screen.findByText(DOCTOR.summary);
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});

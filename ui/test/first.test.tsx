// The way to the first colleague by keyboard alone: set-up, login, and a login that goes on in the browser.
import { screen } from '@testing-library/react';
import axe from 'axe-core';
import { expect, it, vi } from 'vitest';

import type { View } from '../src/bindings/View';
import { hideTipsWhenPressed } from '../src/tips';
import { IN_BROWSER, NEEDED, underWay } from '../dev/banners';
import { counts, FakePlatform, people } from './fake';
import { show } from './show';

const NOT_SET_UP: Partial<View> = { stage: { is: 'notSetUp', problem: null } };

const UNDER_WAY = underWay(IN_BROWSER, 'https://login.example/authorize');

const FIRST_LOGIN: Partial<View> = { stage: { is: 'loginNeeded' }, banner: NEEDED, counts: counts(0) };

it('shows one button before the set-up, which Enter presses', async () => {
  const platform = new FakePlatform([], NOT_SET_UP);
  const user = await show(platform);
  expect(screen.getByRole('heading').textContent).toBe('Not set up yet.');
  expect(screen.getByText('Your administrator can do this for you.')).toBeTruthy();
  for (const role of ['searchbox', 'contentinfo', 'alert', 'grid']) expect(screen.queryByRole(role)).toBeNull();
  expect(document.body.textContent).not.toMatch(/Not in step|What happened|No people/);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Set up' }));
  await user.keyboard('{Enter}');
  expect(platform.asked).toEqual([{ openSettings: { page: 'setup' } }]);
});

it('keeps the keys that close the drawer and open the settings', async () => {
  const platform = new FakePlatform([], NOT_SET_UP);
  const user = await show(platform);
  await user.keyboard('{Control>},{/Control}');
  await user.keyboard('{Escape}');
  expect(platform.asked).toEqual([{ openSettings: { page: 'general' } }, 'closeDrawer']);
});

it('names a settings file that cannot be used, and shows its folder', async () => {
  const problem = 'settings.toml, line 3: microsoft.clientid is not a setting.';
  const platform = new FakePlatform([], { stage: { is: 'notSetUp', problem } });
  const user = await show(platform);
  expect(screen.getByText(problem)).toBeTruthy();
  await user.keyboard('{Enter}');
  expect(platform.asked).toEqual(['openFolder']);
});

it('continues by itself once the application is set up, with the focus on the login', async () => {
  const platform = new FakePlatform([], NOT_SET_UP);
  const user = await show(platform);
  platform.change(FIRST_LOGIN);
  const login = await screen.findByRole('button', { name: 'Teams Login' });
  expect(screen.getByText('Log in to see your team.')).toBeTruthy();
  expect(document.activeElement).toBe(login);
  await user.keyboard('{Enter}');
  expect(platform.asked).toEqual(['teamsLogin']);
});

it.each<[string, string, Partial<View>]>([
  ['set-up', 'Set up', NOT_SET_UP],
  ['login', 'Teams Login', FIRST_LOGIN],
])('has the focus on the %s before the window is shown, and when it is shown again', async (_, name, view) => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await show(new FakePlatform([], view));
  const onward = screen.getByRole('button', { name });
  expect(document.activeElement).toBe(onward);
  onward.blur();
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(document.activeElement).toBe(onward);
  hidden.mockRestore();
});

it('controls a login that waits in the browser by keyboard', async () => {
  const platform = new FakePlatform([], FIRST_LOGIN);
  const user = await show(platform);
  platform.change({ banner: UNDER_WAY });
  await screen.findByText('Continue in the browser.');
  // The banner itself, so that a second Enter does nothing.
  expect(document.activeElement?.getAttribute('tabindex')).toBe('-1');
  expect(document.activeElement?.textContent).toContain('Continue in the browser.');
  for (const name of ['Open again', 'Copy link', 'Cancel']) {
    screen.getByRole('button', { name }).focus();
    await user.keyboard('{Enter}');
  }
  expect(await navigator.clipboard.readText()).toBe('https://login.example/authorize');
  expect(platform.asked).toEqual(['loginOpenAgain', 'loginCancel']);
});

it('focuses the search if there are people, with or without a login', async () => {
  await show(new FakePlatform(people(3), { stage: { is: 'loginNeeded' }, banner: NEEDED }));
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
});

it('removes the tooltip of a control that is pressed, until the pointer leaves', async () => {
  hideTipsWhenPressed();
  const user = await show(new FakePlatform());
  const more = screen.getByRole('button', { name: 'More' });
  expect(more.title).toBe('More');
  await user.click(more);
  expect(more.hasAttribute('title')).toBe(false);
  await user.unhover(more);
  expect(more.title).toBe('More');
});

it.each<[string, Partial<View>]>([
  ['not set up', NOT_SET_UP],
  ['a broken file', { stage: { is: 'notSetUp', problem: 'settings.toml, line 3: this is no setting.' } }],
  ['the first login', FIRST_LOGIN],
  ['a login under way', { ...FIRST_LOGIN, banner: UNDER_WAY }],
])('axe finds nothing in %s', async (_, view) => {
  await show(new FakePlatform([], view));
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});

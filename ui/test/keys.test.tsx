import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { EVERYONE, FakePlatform, FAVOURITES, health, people, person } from './fake';
import { show } from './show';

describe('keys', () => {
  it.each([
    ['{F5}', 'refreshPeople'],
    ['{Control>}s{/Control}', 'syncNow'],
    ['{Control>}h{/Control}', 'toggleOffline'],
    ['{Control>}l{/Control}', 'teamsLogin'],
    ['{Escape}', 'closeDrawer'],
  ])('%s asks for %s', async (keys, action) => {
    const platform = new FakePlatform();
    const user = await show(platform);
    await user.keyboard(keys);
    expect(platform.asked).toEqual([action]);
  });

  it('keep what the webview would do with them from happening', async () => {
    await show(new FakePlatform());
    expect(fireEvent.keyDown(document.body, { key: 'F5' })).toBe(false);
    expect(fireEvent.keyDown(document.body, { key: 'a' })).toBe(true);
  });

  it('Escape closes the menu first, then the health page, then the drawer', async () => {
    const platform = new FakePlatform(people(3), { health: health() });
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: /^Health/ }));
    await user.click(screen.getByRole('button', { name: 'More' }));
    screen.getByRole('menuitem', { name: 'Health' }).focus();
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('menu')).toBeNull();
    });
    expect(screen.getByRole('heading', { name: 'Health' })).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('heading', { name: 'Health' })).toBeNull();
    expect(platform.asked).toEqual([]);
    await user.keyboard('{Escape}');
    expect(platform.asked).toEqual(['closeDrawer']);
  });

  it('Escape closes the menu at once although the focus was on its button', async () => {
    const platform = new FakePlatform(people(3), { health: health() });
    const user = await show(platform);
    const more = screen.getByRole('button', { name: 'More' });
    await user.tab();
    more.focus();
    expect(more.title).toBe('More');
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('menu')).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('menu')).toBeNull();
    });
  });

  it('walk the list as one stop of the Tab key', async () => {
    const user = await show(new FakePlatform([FAVOURITES, person('a'), EVERYONE, ...people(400).slice(1)]));
    await screen.findByRole('grid');
    const rows = screen.getAllByRole('rowheader');
    expect(rows.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    rows[0]?.focus();
    const focused = () => document.activeElement?.parentElement?.getAttribute('aria-rowindex');
    const press = async (key: string, position: string) => {
      await user.keyboard(key);
      await waitFor(() => {
        expect(focused()).toBe(position);
      });
    };
    // The heads are rows too.
    expect(focused()).toBe('2');
    await press('{ArrowDown}', '4');
    await press('{ArrowDown}', '5');
    await press('{ArrowUp}', '4');
    await press('{ArrowUp}', '2');
    await press('{End}', '403');
    await press('{ArrowUp}', '402');
    await press('{Home}', '2');
    await press('{PageDown}', '16');
    expect(screen.getAllByRole('rowheader').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });

  it('keep the focus on a person whose row moves', async () => {
    const platform = new FakePlatform(people(3));
    const user = await show(platform);
    await screen.findByRole('grid');
    screen.getByRole('rowheader', { name: /^Person 1/ }).focus();
    const row = document.activeElement;
    act(() => {
      platform.change({}, [EVERYONE, person('0'), ...people(3).slice(1)]);
    });
    await screen.findByRole('rowheader', { name: /Person 0/ });
    expect(document.activeElement).toBe(row);
    expect(row?.parentElement?.getAttribute('aria-rowindex')).toBe('3');
    await user.keyboard('{ArrowDown}');
    await waitFor(() => {
      expect(document.activeElement?.textContent).toMatch(/^Person 2/);
    });
  });
});

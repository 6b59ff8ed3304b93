import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { EVERYONE, FakePlatform, FAVOURITES, health, people, person } from './fake';
import { show } from './show';

const NUMBER = { kind: 'Work', words: '+1', dial: { e164: '+12065550177', digits: null }, refused: null };

describe('keys', () => {
  it.each([
    ['{F5}', 'refreshPeople'],
    ['{Control>}s{/Control}', 'syncNow'],
    ['{Control>}h{/Control}', 'toggleOffline'],
    ['{Control>}l{/Control}', 'teamsLogin'],
    ['{Escape}', 'closeDrawer'],
  ])('%s requests %s', async (keys, action) => {
    const platform = new FakePlatform();
    const user = await show(platform);
    await user.keyboard(keys);
    expect(platform.asked).toEqual([action]);
  });

  it('keep the web view from handling them', async () => {
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

  it('move through the list, which is one tab stop', async () => {
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

  it('enter the buttons of a row, and leave them', async () => {
    const platform = new FakePlatform([EVERYONE, person('1', { numbers: [NUMBER], callRefused: null }), person('2')]);
    const user = await show(platform);
    act(() => {
      screen.getByRole('rowheader', { name: /^Person 1/ }).focus();
    });
    const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
    await user.keyboard('{ArrowRight}');
    expect(focused()).toBe('Call Person 1');
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(focused()).toBe('More for Person 1');
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(focused()).toMatch(/^Person 1\./);
    await user.keyboard('{ArrowRight}{Enter}');
    expect(platform.asked).toEqual([{ call: { person: '1', number: NUMBER.dial } }]);
    await user.keyboard('{ArrowDown}');
    await waitFor(() => {
      expect(focused()).toMatch(/^Person 2\./);
    });
  });

  it.each(['{Enter}', ' ', 'a click'])('%s on a row opens the menu of the person', async (how) => {
    const user = await show(new FakePlatform(people(3)));
    const row = await screen.findByRole('rowheader', { name: /^Person 2/ });
    if (how === 'a click') {
      await user.click(row);
    } else {
      act(() => {
        row.focus();
      });
      await user.keyboard(how);
    }
    expect(await screen.findByRole('menu', { name: 'Person 2' })).toBeTruthy();
    expect(row.getAttribute('aria-expanded')).toBe('true');
  });

  it('resume by the key of the pause menu during a pause, without opening a menu later', async () => {
    const platform = new FakePlatform();
    const own = platform.current.own;
    platform.current.own = { ...own, knob: 'paused', reason: { is: 'paused', until: null } };
    const user = await show(platform);
    await user.keyboard('{Control>}p{/Control}');
    expect(platform.asked).toEqual(['resume']);
    act(() => {
      platform.change({ own });
    });
    await screen.findByRole('button', { name: 'Pause sync' });
    expect(screen.queryByRole('menu')).toBeNull();
    await user.keyboard('{Control>}p{/Control}');
    expect(await screen.findByRole('menu')).toBeTruthy();
  });

  it('do not reload the page', async () => {
    await show(new FakePlatform());
    expect(fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true })).toBe(false);
    expect(fireEvent.keyDown(document.body, { key: 'F5', ctrlKey: true })).toBe(false);
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

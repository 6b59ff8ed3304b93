import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';

import type { Line } from '../src/bindings/Line';
import { command } from '../src/drawer/keys';
import { ago, EVERYONE, FakePlatform, FAVOURITES, people, person, stopClock } from './fake';
import { show } from './show';

const WORK = {
  kind: 'Work',
  words: '+1 206 555 0177',
  dial: { e164: '+12065550177', digits: ',,4021' },
  refused: null,
};
const MOBILE = {
  kind: 'Mobile',
  words: '+1 425 555 0113',
  dial: { e164: '+14255550113', digits: null },
  refused: null,
};
const BAD = { kind: 'Work', words: '555-HOLM', dial: null, refused: '"555-HOLM" cannot be dialled.' };

const LIST: Line[] = [
  EVERYONE,
  person('both', { numbers: [WORK, MOBILE], callRefused: null }),
  person('one', { numbers: [MOBILE], callRefused: null }),
  person('second', { numbers: [BAD, MOBILE], callRefused: null }),
  person('none'),
];

const PROPOSED: Line[] = [
  EVERYONE,
  person('alone', {
    join: { is: 'propose', person: 'ivana', name: 'Ivana Novak', detail: 'ivana.novak@contoso.com' },
  }),
];

async function row(id: string): Promise<HTMLElement> {
  return screen.findByRole('rowheader', { name: new RegExp(`^Person ${id}\\.`) });
}

async function opened(id: string, list = LIST) {
  const platform = new FakePlatform(list);
  const user = await show(platform);
  fireEvent.contextMenu(await row(id), { clientX: 100, clientY: 200 });
  const menu = within(await screen.findByRole('menu'));
  return { platform, user, menu };
}

describe("a person's menu", () => {
  it.each(['{Enter}', '{Shift>}{F10}{/Shift}', '{ContextMenu}'])(
    'opens at the row by %s, and Esc returns to it',
    async (keys) => {
      const platform = new FakePlatform(LIST);
      const user = await show(platform);
      (await row('one')).focus();
      await user.keyboard(keys);
      const menu = await screen.findByRole('menu', { name: 'Person one' });
      // Without layout nothing counts as focusable, so the focus is put where Fluent puts it.
      within(menu).getByRole('menuitem', { name: 'Add to favourites' }).focus();
      await user.keyboard('{Escape}');
      await waitFor(() => {
        expect(screen.queryByRole('menu')).toBeNull();
      });
      expect(document.activeElement).toBe(await row('one'));
      expect(platform.asked).toEqual([]);
    },
  );

  it('opens by a right click in place of the menu of the web view, and by More', async () => {
    const user = await show(new FakePlatform(LIST));
    expect(fireEvent.contextMenu(await row('one'))).toBe(false);
    expect(await screen.findByRole('menu', { name: 'Person one' })).toBeTruthy();
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'More for Person both' }));
    expect(await screen.findByRole('menu', { name: 'Person both' })).toBeTruthy();
  });

  it('lists each number with its kind, and calls the chosen one', async () => {
    const { platform, user, menu } = await opened('both');
    expect(menu.getByRole('group', { name: 'Call Person both' })).toBeTruthy();
    expect(menu.getByRole('menuitem', { name: /555 0177.*Work/ })).toBeTruthy();
    await user.click(menu.getByRole('menuitem', { name: /555 0113.*Mobile/ }));
    expect(platform.asked).toEqual([{ call: { person: 'both', number: MOBILE.dial } }]);
    await waitFor(() => {
      expect(screen.queryByRole('menu')).toBeNull();
    });
    expect(document.activeElement).toBe(await row('both'));
  });

  it('shows at its top the states of the person with their age, and that they are on a contact', async () => {
    const list = [
      EVERYONE,
      person('busy', {
        connect: { words: 'On a call', badge: 'busy', since: ago(4) },
        teams: { words: 'In a call', badge: 'busy', since: ago(4) },
        onContact: true,
      }),
      person('free'),
    ];
    const { user, menu } = await opened('busy', list);
    const states = 'Connect: On a call, 4 minutes. Teams: In a call, 4 minutes.';
    const warning = 'Person busy is on a contact: they may not answer.';
    const described = screen.getByRole('menu').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toBe(`${states} ${warning}`);
    expect(menu.getByText('On a call').nextSibling?.textContent).toBe('4 min');
    // Once to be seen, once for the description.
    expect(menu.getAllByText(/is on a contact: they may not answer\.$/)).toHaveLength(2);
    await user.keyboard('{Escape}');
    fireEvent.contextMenu(await row('free'));
    const free = within(await screen.findByRole('menu', { name: 'Person free' }));
    expect(free.queryByText(/on a contact/)).toBeNull();
  });

  it('shows that states that are too old are unknown', async () => {
    const old = { words: 'Unknown (last seen 14:01)', badge: 'unknown', since: null } as const;
    const { menu } = await opened('old', [EVERYONE, person('old', { connect: old, teams: old, badge: 'unknown' })]);
    expect(menu.getByText('Unknown (last seen 14:01)')).toBeTruthy();
  });

  it('disables a number that cannot be dialled, shows why, and keeps it focusable', async () => {
    const { platform, user, menu } = await opened('second');
    const item = menu.getByRole('menuitem', { name: /cannot be dialled/ });
    expect(item.getAttribute('aria-disabled')).toBe('true');
    item.focus();
    expect(document.activeElement).toBe(item);
    await user.click(item);
    expect(platform.asked).toEqual([]);
  });

  it('disables Call and Copy number for a person without a number', async () => {
    const { menu } = await opened('none');
    const call = menu.getByRole('menuitem', { name: /^Call/ });
    expect(call.textContent).toContain('No phone number in the directory.');
    expect(call.getAttribute('aria-disabled')).toBe('true');
    expect(menu.getByRole('menuitem', { name: 'Copy number' }).getAttribute('aria-disabled')).toBe('true');
    expect(menu.getByRole('menuitem', { name: 'Add to favourites' }).getAttribute('aria-disabled')).toBeNull();
  });

  it('copies the only number at once, and shows a notice', async () => {
    const { user, menu } = await opened('one');
    await user.click(menu.getByRole('menuitem', { name: 'Copy number' }));
    expect(await screen.findAllByText('Number copied')).toHaveLength(2);
    expect(within(await row('one')).getByText('Number copied')).toBeTruthy();
    expect(screen.getByRole('contentinfo').textContent).not.toContain('Number copied');
    expect(await navigator.clipboard.readText()).toBe(MOBILE.words);
  });

  it('asks which of two numbers to copy', async () => {
    const { user, menu } = await opened('both');
    await user.click(menu.getByRole('menuitem', { name: 'Copy number' }));
    const numbers = await screen.findByRole('menu', { name: 'Copy number' });
    await user.click(within(numbers).getByRole('menuitem', { name: /0113/ }));
    expect(await navigator.clipboard.readText()).toBe(MOBILE.words);
  });

  it('copies by selection if the web view has no clipboard for pages, and shows if that fails too', async () => {
    const { user, menu } = await opened('one');
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    const copy = vi.fn(() => true);
    Object.assign(document, { execCommand: copy });
    await user.click(menu.getByRole('menuitem', { name: 'Copy number' }));
    expect(await screen.findAllByText('Number copied')).toHaveLength(2);
    expect(document.querySelector('textarea')).toBeNull();
    copy.mockReturnValue(false);
    fireEvent.contextMenu(await row('one'));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy number' }));
    expect(await screen.findAllByText('The number could not be copied.')).toHaveLength(2);
  });

  it('adds a person to the favourites, and removes one', async () => {
    const list = [FAVOURITES, person('a', { favourite: true }), EVERYONE, person('b')];
    const { platform, user, menu } = await opened('a', list);
    await user.click(menu.getByRole('menuitem', { name: 'Remove from favourites' }));
    fireEvent.contextMenu(await row('b'));
    await user.click(await screen.findByRole('menuitem', { name: 'Add to favourites' }));
    expect(platform.asked).toEqual([
      { favourite: { person: 'a', on: false } },
      { favourite: { person: 'b', on: true } },
    ]);
  });

  it.each([
    ['no', 'Tell me when free', true],
    ['waiting', 'Stop waiting', false],
  ] as const)('of a person who is %s waited for has "%s"', async (waits, item, on) => {
    const { platform, user, menu } = await opened('a', [EVERYONE, person('a', { waits })]);
    await user.click(menu.getByRole('menuitem', { name: item }));
    expect(platform.asked).toEqual([{ tellWhenFree: { person: 'a', on } }]);
  });

  it('disables "Tell me when free" for a person who is free, and shows why', async () => {
    const { platform, user, menu } = await opened('a', [EVERYONE, person('a', { waits: 'free' })]);
    const item = menu.getByRole('menuitem', { name: /^Tell me when free/ });
    expect(item.textContent).toContain('Person a is free now.');
    expect(item.getAttribute('aria-disabled')).toBe('true');
    item.focus();
    expect(document.activeElement).toBe(item);
    await user.click(item);
    expect(platform.asked).toEqual([]);
  });

  it('joins two rows of one person, whose address it shows', async () => {
    const { platform, user, menu } = await opened('alone', PROPOSED);
    const item = menu.getByRole('menuitem', { name: /^Same person as Ivana Novak/ });
    expect(item.textContent).toContain('ivana.novak@contoso.com');
    await user.click(item);
    expect(platform.asked).toEqual([{ samePerson: { user: 'alone', person: 'ivana' } }]);
  });

  it('undoes a confirmed join', async () => {
    const { platform, user, menu } = await opened('a', [EVERYONE, person('a', { join: { is: 'confirmed' } })]);
    await user.click(menu.getByRole('menuitem', { name: 'Not the same person' }));
    expect(platform.asked).toEqual([{ notSamePerson: { person: 'a' } }]);
  });

  it('has no item for a join if there is no proposal', async () => {
    const { menu } = await opened('one');
    expect(menu.queryByRole('menuitem', { name: /same person/i })).toBeNull();
  });

  it('reaches the join by keys', async () => {
    const platform = new FakePlatform(PROPOSED);
    const user = await show(platform);
    (await row('alone')).focus();
    await user.keyboard('{Shift>}{F10}{/Shift}');
    const menu = within(await screen.findByRole('menu'));
    // Without layout nothing counts as focusable, so the focus is put where the arrows would.
    menu.getByRole('menuitem', { name: /^Same person/ }).focus();
    await user.keyboard('{Enter}');
    expect(platform.asked).toEqual([{ samePerson: { user: 'alone', person: 'ivana' } }]);
  });

  it('is updated while it is open', async () => {
    const { platform, menu } = await opened('none');
    platform.change({}, [EVERYONE, person('none', { numbers: [WORK], callRefused: null })]);
    expect(await menu.findByRole('menuitem', { name: /555 0177/ })).toBeTruthy();
  });

  it.each([
    ['both', LIST],
    ['second', LIST],
    ['none', LIST],
    ['alone', PROPOSED],
    ['free', [EVERYONE, person('free', { waits: 'free', join: { is: 'confirmed' } })]],
  ])('of %s is free of findings by axe', async (id, list) => {
    await opened(id, list);
    const rules = { 'color-contrast': { enabled: false } };
    const { violations } = await axe.run({ include: [document.body], exclude: ['[data-tabster-dummy]'] }, { rules });
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });
});

describe('on a row', () => {
  it('a double click on Call, and Ctrl+Enter held down, call once', async () => {
    stopClock();
    const platform = new FakePlatform(LIST);
    const user = await show(platform);
    await row('both');
    await user.dblClick(screen.getByRole('button', { name: 'Call Person both' }));
    expect(platform.asked).toEqual([{ call: { person: 'both', number: WORK.dial } }]);
    (await row('both')).focus();
    await user.keyboard('{Control>}{Enter>20}{/Control}');
    expect(platform.asked).toHaveLength(1);
  });

  it('Call dials the first number that can be dialled; a person without one has only More', async () => {
    const platform = new FakePlatform(LIST);
    const user = await show(platform);
    await row('none');
    await user.click(screen.getByRole('button', { name: 'Call Person second' }));
    expect(platform.asked).toEqual([{ call: { person: 'second', number: MOBILE.dial } }]);
    expect(screen.queryByRole('button', { name: 'Call Person none' })).toBeNull();
    expect(screen.getByRole('button', { name: 'More for Person none' }).tabIndex).toBe(-1);
  });

  it('Ctrl+Enter calls, and Ctrl+D adds a favourite', async () => {
    const platform = new FakePlatform(LIST);
    const user = await show(platform);
    (await row('both')).focus();
    await user.keyboard('{Control>}{Enter}d{/Control}');
    expect(platform.asked).toEqual([
      { call: { person: 'both', number: WORK.dial } },
      { favourite: { person: 'both', on: true } },
    ]);
  });

  it('Ctrl+Enter opens the menu, which shows why, if no number can be called', async () => {
    const platform = new FakePlatform(LIST);
    const user = await show(platform);
    (await row('none')).focus();
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(within(await screen.findByRole('menu')).getByText('No phone number in the directory.')).toBeTruthy();
    expect(platform.asked).toEqual([]);
  });

  it('the focus stays in the list when a favourite moves away', async () => {
    const platform = new FakePlatform(people(3));
    await show(platform);
    (await row('2')).focus();
    act(() => {
      platform.change({}, [EVERYONE, person('1'), person('3')]);
    });
    await waitFor(async () => {
      expect(document.activeElement).toBe(await row('3'));
    });
  });

  it('a key with Alt or Meta is left to the system', () => {
    const key = { key: 'd', ctrlKey: true, shiftKey: false, altKey: false, metaKey: false };
    expect(command(key)).toBe('favourite');
    expect(command({ ...key, altKey: true })).toBeUndefined();
    expect(command({ ...key, metaKey: true })).toBeUndefined();
    expect(command({ ...key, ctrlKey: false, key: 'é' })).toBe('search');
    expect(command({ ...key, ctrlKey: false, key: ' ' })).toBe('menu');
    expect(command({ ...key, ctrlKey: false, key: 'Tab' })).toBeUndefined();
  });
});

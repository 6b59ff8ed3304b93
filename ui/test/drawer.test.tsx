import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';

import { LOGIN } from '../dev/scenes/drawer';
import type { Knob } from '../src/bindings/Knob';
import type { Reason } from '../src/bindings/Reason';
import { clockTime } from '../src/time';
import { ago, counts, EVERYONE, FakePlatform, FAVOURITES, health, people, person } from './fake';
import { media } from './setup';
import { show } from './show';

const NUMBER = {
  words: '+1 206 555 0142, ext 4102',
  copy: '+1 206 555 0142 ext 4102',
  inStatus: false,
  statusLocked: false,
};

describe('the own header', () => {
  it('names the agent, both states with their times, and how they are linked', async () => {
    await show(new FakePlatform());
    const header = within(screen.getByRole('banner'));
    expect(header.getByRole('heading', { name: 'Priya Raman' })).toBeTruthy();
    expect(header.getByRole('group', { name: 'Connect: Lunch, 12 minutes' })).toBeTruthy();
    expect(header.getByRole('group', { name: 'Teams: Be right back, 11 minutes' })).toBeTruthy();
    expect(header.getByRole('button', { name: 'Connect to Teams only' })).toBeTruthy();
  });

  it.each<[Knob, string]>([
    ['both', 'Both ways'],
    ['teamsToConnect', 'Teams to Connect only'],
    ['off', 'Sync is off'],
    ['notInStep', 'Not in step'],
    ['paused', 'Paused'],
  ])('has for the knob %s the name "%s"', async (knob, name) => {
    const platform = new FakePlatform();
    platform.current.own.knob = knob;
    await show(platform);
    expect(screen.getByRole('button', { name })).toBeTruthy();
  });

  it.each<Reason>([{ is: 'heldByYou' }, { is: 'masked', hidden: 'In a call' }])('releases %o', async (reason) => {
    const platform = new FakePlatform();
    platform.current.own.reason = reason;
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: 'Release' }));
    expect(platform.asked).toEqual(['release']);
  });

  it('offers no release of a state that Teams sets by itself', async () => {
    const platform = new FakePlatform();
    platform.current.own.reason = { is: 'maskedByTeams', state: 'In a meeting', hidden: 'Available' };
    await show(platform);
    expect(screen.queryByRole('button', { name: 'Release' })).toBeNull();
  });

  it('copies the own number, and shows a notice', async () => {
    const platform = new FakePlatform();
    platform.current.own.number = NUMBER;
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: 'Copy my number: +1 206 555 0142, ext 4102' }));
    expect(await screen.findAllByText('Number copied')).toHaveLength(2);
    expect(await navigator.clipboard.readText()).toBe('+1 206 555 0142 ext 4102');
  });

  it('copies the own number from the menu too', async () => {
    const platform = new FakePlatform();
    platform.current.own.number = NUMBER;
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy my number and extension' }));
    expect(await navigator.clipboard.readText()).toBe('+1 206 555 0142 ext 4102');
  });

  it.each([false, true])('puts the own number into the status message, or removes it: %s', async (inStatus) => {
    const platform = new FakePlatform();
    platform.current.own.number = { ...NUMBER, inStatus };
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: 'More' }));
    const item = await screen.findByRole('menuitemcheckbox', { name: 'Put my number into my Teams status' });
    expect(item.getAttribute('aria-checked')).toBe(String(inStatus));
    await user.click(item);
    expect(platform.asked).toEqual([{ numberInStatus: { on: !inStatus } }]);
  });

  it('shows that only an administrator can change the status message', async () => {
    const platform = new FakePlatform();
    platform.current.own.number = { ...NUMBER, inStatus: true, statusLocked: true };
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: 'More' }));
    const item = await screen.findByRole('menuitemcheckbox', { name: /^Put my number into my Teams status/ });
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(within(item).getByText('Set by your administrator')).toBeTruthy();
    await user.click(item);
    expect(platform.asked).toEqual([]);
  });

  it('offers nothing about a number if there is none', async () => {
    const user = await show(new FakePlatform());
    await user.click(screen.getByRole('button', { name: 'More' }));
    await screen.findByRole('menuitem', { name: 'Health' });
    expect(screen.queryByRole('menuitem', { name: 'Copy my number and extension' })).toBeNull();
    expect(screen.queryByRole('menuitemcheckbox', { name: /^Put my number/ })).toBeNull();
  });

  it('only shows a user principal name', async () => {
    await show(new FakePlatform());
    expect(screen.queryByRole('button', { name: /^Copy my number/ })).toBeNull();
    expect(screen.getByText('priya.raman@contoso.com')).toBeTruthy();
  });

  it('shows when an unknown side was last seen, in place of its duration', async () => {
    const platform = new FakePlatform();
    const since = ago(30);
    platform.current.own.teams = { words: 'Unknown', badge: 'unknown', since };
    await show(platform);
    const time = clockTime(Date.parse(since));
    expect(screen.getByRole('group', { name: `Teams: Unknown, seen ${time}` })).toBeTruthy();
  });

  it('announces a change of the own state to screen readers, without the time', async () => {
    const platform = new FakePlatform();
    await show(platform);
    expect(within(screen.getByRole('banner')).getByRole('status').textContent).toBe(
      'Connect: Lunch. Teams: Be right back.',
    );
    act(() => {
      platform.change({
        own: { ...platform.current.own, connect: { words: 'Available', badge: 'available', since: ago(0) } },
      });
    });
    await waitFor(() => {
      expect(within(screen.getByRole('banner')).getByRole('status').textContent).toBe(
        'Connect: Available. Teams: Be right back.',
      );
    });
  });

  it.each<[Reason, string]>([
    [{ is: 'off' }, 'Sync is off'],
    [{ is: 'dryRun' }, 'Dry run: nothing is written'],
    [{ is: 'paused', until: null }, 'Paused'],
    [{ is: 'stopped' }, 'Sync stopped'],
    [{ is: 'offline' }, 'Nothing is written while offline'],
    [{ is: 'notInStep', since: '2026-11-23T13:58:00' }, 'Not in step since 13:58'],
    [{ is: 'teamsNotKnown' }, 'Microsoft does not know your status. Nothing is written.'],
    [{ is: 'settingTeams' }, 'Setting Teams'],
    [{ is: 'settingConnect' }, 'Setting Connect'],
    [{ is: 'teamsDecides' }, 'Teams decides by itself'],
    [{ is: 'teamsLeads' }, 'Connect follows Teams'],
    [{ is: 'waitsForAnswer' }, 'Waiting for your answer'],
    [{ is: 'waitsForContact', contact: 'call' }, 'Waiting for your call to end'],
    [{ is: 'waitsForContact', contact: 'other' }, 'Waiting for your contact to end'],
    [{ is: 'queued', status: 'Training', contact: 'chat' }, 'Training next, after this chat'],
    [{ is: 'noChange', state: 'Incoming' }, 'Incoming changes nothing in Teams'],
    [{ is: 'heldByYou' }, 'Held by you'],
    [{ is: 'masked', hidden: 'In a call' }, 'Your own choice in Teams hides In a call.'],
    [
      { is: 'maskedByTeams', state: 'In a meeting', hidden: 'Available' },
      'In a meeting, set by Teams, hides Available.',
    ],
    [{ is: 'inStep', since: '2026-11-23T14:02:00' }, 'In step since 14:02'],
    [{ is: 'teamsFollows', at: new Date(0).toISOString() }, 'Setting Teams'],
    [{ is: 'connectFollows', at: new Date(0).toISOString() }, 'Setting Connect'],
    [{ is: 'asksSoon', at: new Date(0).toISOString() }, 'Setting Connect'],
  ])('shows the reason %o as "%s"', async (reason, words) => {
    const platform = new FakePlatform();
    platform.current.own.reason = reason;
    await show(platform);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it.each<[string, number | null]>([
    ['For 15 minutes', 15],
    ['For 1 hour', 60],
    ['Until I resume', null],
  ])('pauses "%s" by the button, the knob and Ctrl+P', async (name, minutes) => {
    const platform = new FakePlatform();
    const user = await show(platform);
    const choose = async () => {
      await user.click(screen.getByRole('menuitem', { name: new RegExp(`^${name}`) }));
    };
    await user.click(screen.getByRole('button', { name: 'Pause sync' }));
    await choose();
    await user.click(screen.getByRole('button', { name: 'Connect to Teams only' }));
    await choose();
    await user.keyboard('{Control>}p{/Control}');
    await choose();
    expect(platform.asked).toEqual([{ pause: { minutes } }, { pause: { minutes } }, { pause: { minutes } }]);
  });

  it('shows when a pause would end', async () => {
    const platform = new FakePlatform();
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: 'Pause sync' }));
    expect(screen.getByRole('menuitem', { name: /^For 15 minutes *to \d\d:\d\d$/ })).toBeTruthy();
  });

  it('counts a pause down, and resumes by the button and in the line', async () => {
    const platform = new FakePlatform();
    platform.current.own.knob = 'paused';
    platform.current.own.reason = { is: 'paused', until: new Date(Date.now() + 872_500).toISOString() };
    const user = await show(platform);
    expect(screen.getByText(/^Paused, 14:3[23] left$/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await user.click(screen.getByRole('button', { name: 'Resume sync' }));
    expect(platform.asked).toEqual(['resume', 'resume']);
  });

  it.each<['teamsFollows' | 'connectFollows' | 'asksSoon', RegExp]>([
    ['teamsFollows', /^Teams follows in 6[01] s$/],
    ['connectFollows', /^Connect follows in 6[01] s$/],
    ['asksSoon', /^You will be asked about Connect in 6[01] s$/],
  ])('counts down to the next change: %s', async (is, words) => {
    const platform = new FakePlatform();
    platform.current.own.reason = { is, at: new Date(Date.now() + 60_500).toISOString() };
    await show(platform);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('reads the people again, opens settings and quits', async () => {
    const platform = new FakePlatform();
    const user = await show(platform);
    await user.click(screen.getByRole('button', { name: 'Refresh people' }));
    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Settings' }));
    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Quit' }));
    expect(platform.asked).toEqual(['refreshPeople', { openSettings: { page: 'general' } }, 'quit']);
  });

  it('has Refresh in the menu if the window is narrow', async () => {
    media('(max-width: 339px)');
    const platform = new FakePlatform();
    const user = await show(platform);
    expect(screen.queryByRole('button', { name: 'Refresh people' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Refresh people' }));
    expect(platform.asked).toEqual(['refreshPeople']);
  });
});

describe('the list', () => {
  it('numbers its rows over the whole list, the heads included', async () => {
    const list = [FAVOURITES, person('a', { favourite: true }), EVERYONE, person('b'), person('c')];
    await show(new FakePlatform(list));
    const grid = await screen.findByRole('grid', { name: 'People' });
    expect(grid.getAttribute('aria-rowcount')).toBe('5');
    const rows = within(grid).getAllByRole('row');
    expect(rows.map((row) => row.getAttribute('aria-rowindex'))).toEqual(['1', '2', '3', '4', '5']);
    const sections = within(grid).getAllByRole('rowgroup');
    expect(sections.map((section) => within(section).getAllByRole('row').length)).toEqual([2, 3]);
    expect(screen.getByRole('rowgroup', { name: 'Favourites' })).toBe(sections[0]);
    expect(screen.getByRole('rowgroup', { name: 'Everyone' })).toBe(sections[1]);
    expect(screen.getByRole('rowheader', { name: 'Person a. Teams: Available. Favourite.' })).toBeTruthy();
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Favourites',
      'Everyone',
    ]);
  });

  it('shows both sides with their times, Connect first', async () => {
    const side = { badge: 'busy', since: ago(4) } as const;
    await show(
      new FakePlatform([
        EVERYONE,
        person('a', { connect: { words: 'On contact', ...side }, teams: { words: 'In a call', ...side } }),
      ]),
    );
    const row = await screen.findByRole('rowheader');
    expect(row.textContent).toMatch(/On contact4 minIn a call4 min$/);
  });

  it('shows once that both sides are unknown', async () => {
    const unknown = { words: 'Unknown (last seen 14:01)', badge: 'unknown', since: null } as const;
    await show(new FakePlatform([EVERYONE, person('a', { there: false, connect: unknown, teams: unknown })]));
    expect(await screen.findAllByText('Unknown (last seen 14:01)')).toHaveLength(1);
  });

  it('renders only the rows on screen of a long list', async () => {
    await show(new FakePlatform(people(4000)));
    const rows = await screen.findAllByRole('rowheader');
    expect(rows.length).toBeLessThan(60);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('4001');
  });

  it('copies the text of a button of the banner, without the controller', async () => {
    const link = 'https://login.microsoftonline.com/contoso.com/v2.0/adminconsent?client_id=1';
    const buttons = [{ label: 'Copy admin-consent link', action: { copy: { text: link } }, kind: 'primary' as const }];
    const title = 'Your administrator must approve this app first.';
    const platform = new FakePlatform([], { banner: { level: 'problem', title, body: '', buttons } });
    const user = await show(platform);
    await user.click(await screen.findByRole('button', { name: 'Copy admin-consent link' }));
    expect(await screen.findAllByText('Copied')).toHaveLength(2);
    expect(await navigator.clipboard.readText()).toBe(link);
    expect(platform.asked).toEqual([]);
  });

  it('hides and shows people who are offline', async () => {
    const platform = new FakePlatform();
    const user = await show(platform);
    await user.click(await screen.findByRole('button', { name: 'Hide offline' }));
    platform.change({ counts: { ...platform.current.counts, offlineHidden: true, found: null } });
    await user.click(await screen.findByRole('button', { name: 'Show all' }));
    expect(platform.asked).toEqual(['toggleOffline', 'toggleOffline']);
  });

  it('shows placeholders while people are being read', async () => {
    await show(new FakePlatform([], { counts: counts(0, { loading: true }) }));
    expect(screen.getByRole('progressbar', { name: 'Loading people…' })).toBeTruthy();
    expect(document.querySelectorAll('.fui-Skeleton > *')).toHaveLength(11);
    expect(screen.getByRole('contentinfo').textContent).toContain('Loading people…');
  });

  it('shows that there is nobody yet', async () => {
    await show(new FakePlatform([]));
    expect(screen.getByText('No people yet.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull();
  });

  it('offers all people when everyone is offline and hidden', async () => {
    const platform = new FakePlatform([EVERYONE], {
      counts: counts(0, { known: 40, offlineHidden: true }),
    });
    const user = await show(platform);
    expect(screen.getByText('Everyone is offline.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(platform.asked).toEqual(['toggleOffline']);
  });

  it.each([
    [40, 40, '40 people'],
    [1, 1, '1 person'],
    [300, 4812, 'Showing 300 of 4,812'],
  ])('counts %d of %d as "%s"', async (listed, known, words) => {
    await show(new FakePlatform(people(3), { counts: counts(listed, { known }) }));
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('shows beside the count who is left out, and leads to the search, which finds them', async () => {
    const user = await show(new FakePlatform(people(3), { counts: counts(300, { known: 4812, leftOut: 4512 }) }));
    const count = screen.getByRole('button', { name: 'Showing 300 of 4,812' });
    act(() => {
      count.focus();
    });
    const why =
      'The list has room for 300: your favourites, people you called and your own department first. The search finds everyone.';
    await waitFor(() => {
      expect(document.getElementById(count.getAttribute('aria-describedby') ?? '')?.textContent).toBe(why);
    });
    await user.click(count);
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  });

  it('counts nobody as left out if only people who are offline are not listed', async () => {
    await show(new FakePlatform(people(3), { counts: counts(3, { known: 40, offlineHidden: true }) }));
    expect(screen.queryByRole('button', { name: 'Showing 3 of 40' })).toBeNull();
  });
});

describe('the theme', () => {
  it.each([
    [[], 'theme-light'],
    [['(prefers-color-scheme: dark)'], 'theme-dark'],
    [['(prefers-color-scheme: dark)', '(prefers-contrast: more)'], 'theme-contrast'],
    [['(prefers-contrast: more)'], 'theme-light'],
    [['(forced-colors: active)'], 'theme-contrast'],
  ])('with %o is %s', async (queries, name) => {
    media(...queries);
    await show(new FakePlatform());
    expect(document.querySelector(`.${name}`)).not.toBeNull();
  });

  it('is light with dark words and lines if the system asks for more contrast', async () => {
    const token = (name: string) => {
      const provider = document.querySelector('.theme-light');
      return provider && getComputedStyle(provider).getPropertyValue(name);
    };
    media('(prefers-contrast: more)');
    await show(new FakePlatform());
    expect(token('--colorNeutralForeground3')).toBe(token('--colorNeutralForeground1'));
    expect(token('--colorNeutralStroke2')).toBe(token('--colorNeutralStrokeAccessible'));
  });
});

describe('a control with a keyboard shortcut names it', () => {
  it.each([
    ['Pause sync', 'Sync now', 'Control+S'],
    ['More', 'Settings', 'Control+,'],
  ])('under %s: %s, %s', async (menu, name, keys) => {
    const user = await show(new FakePlatform());
    await user.click(screen.getByRole('button', { name: menu }));
    const item = await screen.findByRole('menuitem', { name: new RegExp(`^${name}`) });
    expect(item.getAttribute('aria-keyshortcuts')).toBe(keys);
  });

  it('in the banner: only the login', async () => {
    const platform = new FakePlatform(people(3), { banner: LOGIN });
    await show(platform);
    expect(screen.getByRole('button', { name: 'Teams Login' }).getAttribute('aria-keyshortcuts')).toBe('Control+L');
    expect(screen.getByRole('button', { name: 'Later' }).hasAttribute('aria-keyshortcuts')).toBe(false);
  });
});

describe('every state is free of findings by axe', () => {
  const unknown = { words: 'Unknown', badge: 'unknown', since: ago(5) } as const;
  const hidden = counts(0, { known: 40, offlineHidden: true });
  it.each<[string, FakePlatform]>([
    ['people', new FakePlatform([FAVOURITES, person('a'), ...people(40)])],
    ['drained', new FakePlatform([EVERYONE, person('a', { there: false, badge: 'offline', teams: unknown })])],
    [
      'both sides, a bell and a photo',
      new FakePlatform([EVERYONE, person('a', { connect: unknown, photo: '1', waits: 'waiting', favourite: true })]),
    ],
    ['banner', new FakePlatform(people(3), { banner: LOGIN })],
    ['loading', new FakePlatform([], { counts: { ...hidden, loading: true } })],
    ['nobody', new FakePlatform([])],
    ['everyone offline', new FakePlatform([EVERYONE], { counts: hidden })],
    ['health', new FakePlatform(people(3), { health: health() })],
  ])('%s', async (name, platform) => {
    const user = await show(platform);
    if (name === 'health') await user.click(screen.getByRole('button', { name: /^Health/ }));
    // jsdom has no layout, so contrast is looked at in Chromium (`cargo xtask screenshots`).
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    expect(document.body.textContent).not.toMatch(/[{}]/);
  });
});

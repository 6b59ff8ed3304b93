import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';

import { CALLS_SCENES } from '../dev/recentCalls';
import { CONTROLS } from '../dev/settingsPages';
import type { Controls } from '../src/bindings/Controls';
import type { RecentCalls } from '../src/bindings/RecentCalls';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { FakeSettings } from './fakeSettings';

function show(recent: RecentCalls | null, settings: Controls = CONTROLS): { platform: FakeSettings; user: UserEvent } {
  const platform = new FakeSettings();
  platform.recent = recent;
  platform.settings = settings;
  render(
    <Theme>
      <Settings platform={platform} first="calls" />
    </Theme>,
  );
  return { platform, user: userEvent.setup() };
}

/** The rows of the table as they are read out, heads of days included. */
async function rows(): Promise<string[]> {
  const table = await screen.findByRole('table', { name: 'Recent calls' });
  return within(table)
    .getAllByRole('row')
    .map((row) => row.textContent);
}

it('shows the newest first, under the day, each with its direction in words', async () => {
  show(CALLS_SCENES.calls);
  const [head, today, first, second] = await rows();
  expect(head).toBe('TimeNameCallNumberActions');
  expect(today).toBe('Today, Mon 23 Nov');
  expect(first).toContain('14:02Grace Holloway. Teams: Available.Missed+1 206 555 0177');
  expect(second).toContain('Outgoing, 3:42');
  expect((await rows()).filter((row) => row === 'Fri 20 Nov')).toHaveLength(1);
  expect(screen.getByText('Kept on this computer only.')).toBeTruthy();
});

it('calls back each call on the number that its button names', async () => {
  const { platform, user } = show(CALLS_SCENES.calls);
  await user.click(await screen.findByRole('button', { name: 'Call back Lena Fischer, +1 206 555 0177' }));
  const number = { e164: '+12065550177', digits: null };
  expect(platform.asked).toEqual([{ call: { person: 'Lena Fischer', number } }]);
});

it('shows why somebody cannot be called, and does not call then', async () => {
  const { platform, user } = show(CALLS_SCENES.calls);
  const button = await screen.findByRole('button', { name: 'Call back Anders Dahl' });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  const described = document.getElementById(button.getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toBe('No phone number in the directory.');
  await user.click(button);
  expect(platform.asked).toEqual([]);
});

it('shows once why the agent cannot call anybody', async () => {
  show(CALLS_SCENES.callsRefused);
  await rows();
  const reasons = screen.getAllByText('ConnectPath is not logged in.').filter((found) => found.tagName === 'P');
  expect(reasons).toHaveLength(1);
});

it('erases one call, and keeps the focus in the table', async () => {
  const { platform, user } = show(CALLS_SCENES.calls);
  await user.click(await screen.findByRole('button', { name: /^Erase the call with Tomás Ibarra, Today.*13:40$/ }));
  expect(platform.asked).toEqual([{ eraseRecentCall: { id: 1 } }]);
  expect(document.activeElement).toBe(screen.getByRole('table'));
});

/** Presses *Erase all*; the question that follows. */
async function asked(user: ReturnType<typeof userEvent.setup>) {
  await rows();
  await user.click(screen.getByRole('button', { name: 'Erase all' }));
  return within(await screen.findByRole('alertdialog', { name: 'Erase all recent calls?' }));
}

it('asks before all are erased, with the focus on Cancel, which keeps them', async () => {
  const { platform, user } = show(CALLS_SCENES.calls);
  const question = await asked(user);
  // A dialog gives the focus to its first button.
  const [first] = question.getAllByRole('button');
  expect(first?.textContent).toBe('Cancel');
  await user.click(question.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => {
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
  expect(platform.asked).toEqual([]);
});

it('erases all after the question', async () => {
  const { platform, user } = show(CALLS_SCENES.calls);
  const question = await asked(user);
  await user.click(question.getByRole('button', { name: 'Erase all' }));
  expect(platform.asked).toEqual(['eraseRecentCalls']);
});

describe('switching off the recent calls', () => {
  /** Switches it off; the question that follows. */
  async function switched(user: UserEvent) {
    const keep = await screen.findByRole<HTMLInputElement>('switch', { name: 'Keep recent calls' });
    await user.click(keep);
    return { keep, question: within(await screen.findByRole('alertdialog', { name: 'Erase all recent calls?' })) };
  }

  it('asks first, and changes nothing after Cancel', async () => {
    const { platform, user } = show(CALLS_SCENES.calls);
    await rows();
    const { keep, question } = await switched(user);
    expect(keep.checked).toBe(true);
    expect(platform.asked).toEqual([]);
    await user.click(question.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).toBeNull();
    });
    expect(keep.checked).toBe(true);
    expect(platform.asked).toEqual([]);
  });

  it('writes its setting after the answer', async () => {
    const { platform, user } = show(CALLS_SCENES.calls);
    await rows();
    const { keep, question } = await switched(user);
    await user.click(question.getByRole('button', { name: 'Erase all' }));
    expect(platform.asked).toEqual([{ setting: { edit: { key: 'recentCalls', value: 0 } } }]);
    expect(keep.checked).toBe(false);
  });

  it('asks also while it is unknown whether there are calls', async () => {
    const { platform, user } = show(CALLS_SCENES.callsUnknown);
    await screen.findByText('Not logged in to Teams yet.');
    await switched(user);
    expect(platform.asked).toEqual([]);
  });

  it('keeps as many as before when it is switched on again', async () => {
    const { platform, user } = show(CALLS_SCENES.callsOff, {
      ...CONTROLS,
      recentCalls: { ...CONTROLS.recentCalls, value: 0 },
      recentCallsOn: 200,
    });
    const keep = await screen.findByRole('switch', { name: 'Keep recent calls' });
    expect(screen.getByText(/^The last 200 with colleagues/)).toBeTruthy();
    await user.click(keep);
    expect(platform.asked).toEqual([{ setting: { edit: { key: 'recentCalls', value: 200 } } }]);
  });
});

it('shows what has changed', async () => {
  const { platform } = show(CALLS_SCENES.callsNone);
  expect(await screen.findByText('No calls with colleagues yet.')).toBeTruthy();
  expect(screen.getByText('Calls with customers are never kept.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Erase all' }).getAttribute('aria-disabled')).toBe('true');
  platform.recent = CALLS_SCENES.calls;
  act(() => {
    platform.change();
  });
  expect(await rows()).toHaveLength(9);
});

it('shows that nothing is kept, and how to change that, or who has set it', async () => {
  show({ ...CALLS_SCENES.callsOff, locked: false });
  expect(await screen.findByText('Recent calls are not kept.')).toBeTruthy();
  expect(screen.getByText('Switch on “Keep recent calls” to keep them from now on.')).toBeTruthy();
  cleanup();
  show(CALLS_SCENES.callsOff);
  expect(await screen.findByText('Your administrator has switched this off.')).toBeTruthy();
  expect(screen.queryByText(/Switch on/)).toBeNull();
});

it('asks for a login while the person is unknown', async () => {
  const { platform, user } = show(CALLS_SCENES.callsUnknown);
  await user.click(await screen.findByRole('button', { name: 'Teams Login' }));
  expect(platform.asked).toEqual(['teamsLogin']);
});

it('tries again after a failure', async () => {
  const { platform, user } = show(null);
  const alert = await screen.findByRole('alert');
  platform.recent = CALLS_SCENES.calls;
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect((await rows()).length).toBeGreaterThan(1);
});

it('is free of findings by axe', async () => {
  show(CALLS_SCENES.calls);
  await rows();
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});

import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Action } from '../src/bindings/Action';
import type { CallBar } from '../src/bindings/CallBar';
import type { CallState } from '../src/bindings/CallState';
import { callLine, question, spokenCall } from '../src/drawer/callWords';
import { counter } from '../src/time';
import { caller } from './calls';
import { ago, EVERYONE, FakePlatform, people, person, stopClock } from './fake';
import { show } from './show';

function call(state: CallState, more: Partial<CallBar> = {}): CallBar {
  return {
    person: '1',
    name: 'Grace Holloway',
    who: null,
    number: '+1 206 555 0119',
    digits: null,
    hint: null,
    state,
    ...more,
  };
}

/** Finds words that a name in them divides. */
function says(words: string) {
  return (_: string, element: Element | null) => element?.textContent === words && element.childElementCount === 1;
}

async function shown(bar: CallBar) {
  const platform = new FakePlatform(people(3), { call: bar });
  const user = await show(platform);
  return { platform, user, bar: within(screen.getByRole('region', { name: 'Call with Grace Holloway' })) };
}

const NUMBER = { kind: 'Work', words: '+1', dial: { e164: '+12065550177', digits: null }, refused: null };
const RINGING = { is: 'ringing', since: ago(0) } as const;

describe('the call bar', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each<[CallState, string | null, string]>([
    [{ is: 'dialling' }, null, 'Dialling +1 206 555 0119'],
    [RINGING, null, 'Ringing, 0:07 · +1 206 555 0119'],
    [{ is: 'connected', since: ago(0) }, null, 'Connected, 0:07'],
    [{ is: 'connected', since: ago(0) }, '4021', 'Connected, 0:07 · ext 4021 sent'],
    [{ is: 'lost', sentence: 'Connection lost.' }, null, 'Connection lost.'],
    [{ is: 'hangingUp' }, null, 'Hanging up'],
    [{ is: 'ended', seconds: 222 }, null, 'Ended after 3:42'],
    [{ is: 'ended', seconds: null }, null, 'Ended'],
    [{ is: 'failed', sentence: 'No answer.', again: true }, null, 'No answer.'],
  ])('shows for %o, with digits %s, "%s"', (state, digits, words) => {
    expect(callLine(call(state, { digits }), '0:07')).toBe(words);
  });

  it('counts the seconds while it rings, and only then', async () => {
    const start = Date.parse('2026-03-02T09:00:00.900Z');
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    const { platform, bar } = await shown(call({ is: 'ringing', since: new Date(start - 7000).toISOString() }));
    expect(bar.getByText(/^Ringing, 0:07 · /)).toBeTruthy();
    vi.setSystemTime(start + 2100);
    await waitFor(() => {
      expect(bar.getByText(/^Ringing, 0:09 · /)).toBeTruthy();
    });
    platform.change({ call: null });
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: /^Call with/ })).toBeNull();
    });
  });

  it('counts hours too, and never below zero', () => {
    expect([7, 222, 3725, -3].map(counter)).toEqual(['0:07', '3:42', '1:02:05', '0:00']);
  });

  it.each<[CallState, string, Action]>([
    [{ is: 'asking', since: ago(17) }, 'Call', 'callAnyway'],
    [{ is: 'asking', since: ago(17) }, 'Cancel', 'dismissCall'],
    [{ is: 'dialling' }, 'Hang up', 'hangUp'],
    [RINGING, 'Hang up', 'hangUp'],
    [{ is: 'connected', since: ago(1) }, 'Hang up', 'hangUp'],
    [{ is: 'lost', sentence: 'Connection lost.' }, 'Hang up', 'hangUp'],
    [{ is: 'ended', seconds: 222 }, 'Call again', 'callAgain'],
    [{ is: 'failed', sentence: 'No answer.', again: true }, 'Call again', 'callAgain'],
  ])('%o has the button %s', async (state, name, action) => {
    const { platform, user, bar } = await shown(call(state));
    await user.click(bar.getByRole('button', { name }));
    expect(platform.asked).toEqual([action]);
  });

  it('shows that it hangs up, and accepts no second press meanwhile', async () => {
    const { platform, user, bar } = await shown(call({ is: 'dialling' }));
    const button = bar.getByRole('button', { name: 'Hang up' });
    await user.click(button);
    platform.change({ call: call({ is: 'hangingUp' }) });
    expect(await bar.findByText('Hanging up')).toBeTruthy();
    expect(bar.getByRole('button', { name: 'Hang up' })).toBe(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    await user.keyboard('{Control>}{Shift>}H{/Shift}{/Control}');
    expect(platform.asked).toEqual(['hangUp']);
  });

  it('shows that it was not hung up, and can be hung up again', async () => {
    const hint = 'The call was not hung up. Try again, or hang up in ConnectPath.';
    const { platform, user, bar } = await shown(call({ is: 'connected', since: ago(1) }, { hint }));
    expect(bar.getByText(hint)).toBeTruthy();
    await user.click(bar.getByRole('button', { name: 'Hang up' }));
    expect(platform.asked).toEqual(['hangUp']);
  });

  it.each<CallState>([
    { is: 'ended', seconds: 222 },
    { is: 'failed', sentence: 'No answer.', again: true },
  ])('has Call again under the words, not in the place of Hang up, as %o', async (over) => {
    const { platform, bar } = await shown(call(RINGING));
    const hangUp = bar.getByRole('button', { name: 'Hang up' });
    const region = hangUp.parentElement;
    hangUp.focus();
    platform.change({ call: call(over) });
    const again = await bar.findByRole('button', { name: 'Call again' });
    expect(again.parentElement?.textContent).toMatch(/^Grace Holloway/);
    expect(region?.lastElementChild).toBe(again.parentElement);
    // The second Enter of two is no call either.
    expect(document.activeElement).toBe(region);
  });

  it('offers no second try if it cannot help', async () => {
    const { bar } = await shown(call({ is: 'failed', sentence: 'You are on a call. End it first.', again: false }));
    expect(bar.queryByRole('button')).toBeNull();
  });

  it('asks first when the person does not want to be disturbed', async () => {
    const { bar } = await shown(call({ is: 'asking', since: ago(17) }));
    expect(bar.getByText(says('Grace Holloway: Do not disturb for 17 min.'))).toBeTruthy();
    expect(bar.getByText('Call anyway?')).toBeTruthy();
  });

  it.each<CallState>([
    { is: 'asking', since: ago(17) },
    { is: 'dialling' },
    RINGING,
    { is: 'ended', seconds: 222 },
    { is: 'failed', sentence: 'No answer.', again: true },
  ])('shows the states of the person on both sides, and since when, as %o', async (state) => {
    const { bar } = await shown(call(state, { who: caller() }));
    expect(bar.getByText('Connect: On a call, 4 minutes. Teams: Available, 26 minutes.')).toBeTruthy();
    expect(bar.getByText('On a call').nextSibling?.textContent).toBe('4 min');
  });

  it.each<CallState>([{ is: 'connected', since: ago(1) }, { is: 'lost', sentence: 'Lost.' }, { is: 'hangingUp' }])(
    'says nothing of states while somebody is spoken to, as %o',
    async (state) => {
      const { bar } = await shown(call(state, { who: caller() }));
      expect(bar.queryByText('On a call')).toBeNull();
    },
  );

  it('shows that the states are unknown if they are too old', async () => {
    const old = { words: 'Unknown (last seen 14:01)', badge: 'unknown', since: null } as const;
    const { bar } = await shown(call(RINGING, { who: caller({ connect: old, teams: old }) }));
    expect(bar.getByText('Unknown (last seen 14:01)')).toBeTruthy();
  });

  it('reads the question with Cancel, and not again for each minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const asking = call({ is: 'asking', since: ago(17) });
    const { platform, bar } = await shown(asking);
    const asked = bar.getByRole('button', { name: 'Cancel' }).getAttribute('aria-describedby');
    expect(document.getElementById(asked ?? '')?.textContent).toBe(
      'Grace Holloway: Do not disturb for 17 min.Call anyway?',
    );
    vi.setSystemTime(Date.now() + 61_000);
    platform.change({ call: asking });
    await bar.findByText(says('Grace Holloway: Do not disturb for 18 min.'));
    expect(
      screen
        .getAllByRole('status')
        .map(({ textContent }) => textContent)
        .join(),
    ).not.toContain('Do not disturb');
  });

  it.each([
    ['Hang up', RINGING, 'hangUp'],
    ['Call again', { is: 'ended', seconds: 222 }, 'callAgain'],
    ['Call', { is: 'asking', since: ago(17) }, 'callAnyway'],
  ] as const)('takes a double click on %s once', async (name, state, action) => {
    stopClock();
    const { platform, user, bar } = await shown(call(state));
    await user.dblClick(bar.getByRole('button', { name }));
    expect(platform.asked).toEqual([action]);
  });

  it('ignores the second half of the double click that started it on Hang up', async () => {
    stopClock();
    const platform = new FakePlatform([EVERYONE, person('1', { numbers: [NUMBER], callRefused: null })]);
    const user = await show(platform);
    await user.click(await screen.findByRole('button', { name: 'Call Person 1' }));
    platform.change({ call: call({ is: 'dialling' }) });
    await user.click(await screen.findByRole('button', { name: 'Hang up' }));
    expect(platform.asked).toEqual([{ call: { person: '1', number: NUMBER.dial } }]);
  });

  it('leaves the focus in the list when it disappears with the focus', async () => {
    const { platform, bar } = await shown(call({ is: 'ended', seconds: 3 }));
    await screen.findByRole('rowheader', { name: /^Person 1\./ });
    bar.getByRole('button', { name: 'Call again' }).focus();
    platform.change({ call: null });
    await waitFor(async () => {
      expect(document.activeElement).toBe(await screen.findByRole('rowheader', { name: /^Person 1\./ }));
    });
  });

  it('has the focus on Cancel while it asks, and restores it', async () => {
    const platform = new FakePlatform(people(3));
    await show(platform);
    const row = await screen.findByRole('rowheader', { name: /^Person 2\./ });
    row.focus();
    platform.change({ call: call({ is: 'asking', since: ago(17) }) });
    const cancel = await screen.findByRole('button', { name: 'Cancel' });
    expect(document.activeElement).toBe(cancel);
    platform.change({ call: null });
    await waitFor(() => {
      expect(document.activeElement).toBe(row);
    });
  });

  it('is cancelled by Esc, before Esc closes the drawer', async () => {
    const { platform, user } = await shown(call({ is: 'asking', since: ago(17) }));
    await user.keyboard('{Escape}');
    expect(platform.asked).toEqual(['dismissCall']);
    platform.change({ call: null });
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: /^Call with/ })).toBeNull();
    });
    await user.keyboard('{Escape}');
    expect(platform.asked).toEqual(['dismissCall', 'closeDrawer']);
  });

  it.each([null, ago(0)])('asks without a time that is unknown or too short (%s)', (since) => {
    expect(question(call({ is: 'asking', since }), Date.parse(since ?? ago(0)))).toBe(
      'Grace Holloway: Do not disturb.',
    );
  });

  it('shows the hint to take the audio', async () => {
    const hint = 'Open ConnectPath to take the audio.';
    const { bar } = await shown(call(RINGING, { hint }));
    expect(bar.getByText(hint)).toBeTruthy();
  });

  it('announces each step to screen readers, without the seconds', () => {
    const spoken = (state: CallState, hint: string | null = null) => spokenCall(call(state, { hint }));
    expect(spoken({ is: 'dialling' })).toBe('Grace Holloway: Dialling +1 206 555 0119');
    expect(spoken(RINGING, 'Open ConnectPath.')).toBe('Grace Holloway: Ringing. Open ConnectPath.');
    expect(spoken({ is: 'lost', sentence: 'Lost.' })).toBe('Grace Holloway: Lost.');
    expect(spoken({ is: 'hangingUp' }, 'Later.')).toBe('Grace Holloway: Hanging up. Later.');
    expect(spoken({ is: 'connected', since: ago(3) })).toBe('Grace Holloway: Connected');
    expect(spoken({ is: 'failed', sentence: 'Line busy.', again: true })).toBe('Grace Holloway: Line busy.');
  });

  it('is hung up by Ctrl+Shift+H, which does nothing without a call', async () => {
    const { platform, user } = await shown(call(RINGING));
    await user.keyboard('{Control>}{Shift>}H{/Shift}{/Control}');
    expect(platform.asked).toEqual(['hangUp']);
    platform.change({ call: call({ is: 'ended', seconds: 3 }) });
    await screen.findByText('Ended after 0:03');
    await user.keyboard('{Control>}{Shift>}H{/Shift}{/Control}');
    expect(platform.asked).toEqual(['hangUp']);
  });

  it.each<CallState>([{ is: 'asking', since: ago(17) }, RINGING, { is: 'hangingUp' }, { is: 'ended', seconds: 222 }])(
    'is free of findings by axe as %o',
    async (state) => {
      await shown(call(state));
      const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    },
  );
});

// What goes away when it is pressed leaves the focus to its neighbourhood, and never to the page.
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { Banner } from '../src/bindings/Banner';
import type { CallBar } from '../src/bindings/CallBar';
import type { View } from '../src/bindings/View';
import { missed } from './calls';
import { FakePlatform, health, HEALTH, people } from './fake';
import { show } from './show';

const BANNER: Banner = {
  level: 'warning',
  title: 'Back?',
  body: 'Teams says you are free again.',
  buttons: [{ label: 'Set Available', action: 'setBack', kind: 'primary' }],
};

function call(state: CallBar['state']): CallBar {
  return { person: '1', name: 'Person 1', who: null, number: '+1', digits: null, state, hint: null };
}

const { own: OWN } = new FakePlatform().current;
const HELD: View['own'] = { ...OWN, reason: { is: 'heldByYou' } };
const PAUSED: View['own'] = { ...OWN, knob: 'paused', reason: { is: 'paused', until: null } };
const FAILED = { ...HEALTH, cards: HEALTH.cards.map((card) => ({ ...card, button: null })) };

/** What is shown, the button that is pressed there, and what is shown then. */
const CASES: [button: string, before: Partial<View>, after: Partial<View>][] = [
  ['Set Available', { banner: BANNER }, { banner: null }],
  ['Set Available', { banner: BANNER }, { banner: { ...BANNER, title: 'No network.', buttons: [] } }],
  ['Call', { call: call({ is: 'asking', since: null }) }, { call: call({ is: 'dialling' }) }],
  ['Cancel', { call: call({ is: 'asking', since: null }) }, { call: null }],
  ['Hang up', { call: call({ is: 'dialling' }) }, { call: call({ is: 'ended', seconds: 7 }) }],
  ['Call again', { call: call({ is: 'ended', seconds: 7 }) }, { call: call({ is: 'dialling' }) }],
  ['Dismiss', { missed: [missed()] }, { missed: [] }],
  ['Dismiss', { missed: [missed(), missed({ contact: 'm2' })] }, { missed: [missed({ contact: 'm2' })] }],
  ['Release', { own: HELD }, { own: OWN }],
  ['Resume', { own: PAUSED }, { own: OWN }],
  ['Resume sync', { own: PAUSED }, { own: OWN }],
  ['Pause sync', { own: OWN }, { own: PAUSED }],
];

async function press(name: string) {
  const [button] = await screen.findAllByRole('button', { name });
  if (!button) throw new Error(`no button ${name}`);
  act(() => {
    button.focus();
    button.click();
  });
  return button;
}

async function isSomewhere() {
  // A mutation is reported after the turn that made it.
  await waitFor(() => {
    expect(document.activeElement).not.toBe(document.body);
  });
}

describe('the focus', () => {
  it.each(CASES)('stays on the page when %s is pressed and disappears', async (name, before, after) => {
    const platform = new FakePlatform(people(3), before);
    await show(platform);
    const button = await press(name);
    act(() => {
      platform.change(after);
    });
    await waitFor(() => {
      expect(button.isConnected).toBe(false);
    });
    await isSomewhere();
  });

  it('stays on the page after the first set-up in the same window too', async () => {
    const platform = new FakePlatform(people(3), { stage: { is: 'notSetUp', problem: null } });
    await show(platform);
    act(() => {
      platform.change({ stage: { is: 'ready' }, own: HELD });
    });
    const button = await press('Release');
    act(() => {
      platform.change({ own: OWN });
    });
    await waitFor(() => {
      expect(button.isConnected).toBe(false);
    });
    await isSomewhere();
  });

  it('moves from Pause to Resume when a pause starts, and back when it ends', async () => {
    const platform = new FakePlatform(people(3), { own: PAUSED });
    await show(platform);
    await press('Resume sync');
    act(() => {
      platform.change({ own: OWN });
    });
    const pause = await screen.findByRole('button', { name: 'Pause sync' });
    expect(document.activeElement).toBe(pause);
  });

  it('stays on the health page when a side recovers', async () => {
    const platform = new FakePlatform(people(3), { health: health() });
    await show(platform);
    await press('Health: Connect: log in');
    const button = await press('Log in');
    act(() => {
      platform.change({ health: structuredClone(FAILED) });
    });
    await waitFor(() => {
      expect(button.isConnected).toBe(false);
    });
    await isSomewhere();
  });

  it('moves to the search by the line under a shortened list, which gives the reason', async () => {
    const platform = new FakePlatform(people(3));
    platform.current.counts = { ...platform.current.counts, known: 4812, leftOut: 4809 };
    await show(platform);
    expect(screen.getByText(/^The list has room for 3: .* own department first\.$/)).toBeTruthy();
    await press('Search for the other 4,809');
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  });
});

import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Incoming } from '../src/bindings/Incoming';
import { caller, incoming } from './calls';
import { ago, FakePlatform, people } from './fake';
import { show } from './show';

const SECOND = incoming({
  contact: 'c2',
  title: 'Somebody without a number is calling',
  lines: ['To queue Billing', 'On +1 206 555 0100'],
  who: null,
});

async function shown(...calls: Incoming[]) {
  const platform = new FakePlatform(people(3), { incoming: calls });
  const user = await show(platform);
  return { platform, user };
}

function cards() {
  return screen.getByRole('region', { name: 'Incoming calls' });
}

/** What the region that interrupts says, a call each. */
function announced(): (string | null)[] {
  return [...(screen.queryByRole('alert')?.children ?? [])].map(({ textContent }) => textContent);
}

describe('an incoming call', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows who calls, whom they called, their states with the age, and where to answer', async () => {
    await shown(incoming());
    const { textContent } = cards();
    expect(textContent).toContain('Grace Holloway (Teams) is calling, ext 4021');
    expect(textContent).toContain('To you directly, on +1 206 555 0142');
    expect(textContent).toMatch(/On a call4 min.*Available26 min/);
    expect(textContent).toMatch(/Answer in ConnectPath\.$/);
    expect(within(cards()).getByText('Connect: On a call, 4 minutes. Teams: Available, 26 minutes.')).toBeTruthy();
    expect(within(cards()).queryByRole('button')).toBeNull();
  });

  it('isolates the name from the words around it', async () => {
    await shown(incoming({ title: 'אבי כהן (Teams) is calling', who: caller({ name: 'אבי כהן' }) }));
    expect(cards().querySelector('bdi')?.textContent).toBe('אבי כהן');
  });

  it('of a person who is not in the list has no states', async () => {
    await shown(SECOND);
    expect(cards().textContent).toBe(
      'Somebody without a number is callingTo queue BillingOn +1 206 555 0100Answer in ConnectPath.',
    );
  });

  it('whose states are too old shows that they are unknown', async () => {
    const old = { words: 'Unknown (last seen 14:01)', badge: 'unknown', since: null } as const;
    await shown(incoming({ who: caller({ connect: old, teams: old, badge: 'unknown', there: false }) }));
    expect(within(cards()).getByText('Unknown (last seen 14:01)')).toBeTruthy();
  });

  it('is announced once: not again for each minute, or for details that become known later', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const { platform } = await shown(incoming());
    const first = [
      'Grace Holloway (Teams) is calling, ext 4021. To you directly, on +1 206 555 0142. Answer in ConnectPath.',
    ];
    expect(announced()).toEqual(first);
    const region = screen.getByRole('alert');
    const changes = vi.fn();
    const observer = new MutationObserver(changes);
    observer.observe(region, { subtree: true, childList: true, characterData: true });
    vi.setSystemTime(Date.now() + 61_000);
    platform.change({ incoming: [incoming({ lines: ['To queue Billing'], who: caller({ teams: null }) })] });
    await waitFor(() => {
      expect(cards().textContent).toContain('To queue Billing');
    });
    expect(announced()).toEqual(first);
    expect(changes).not.toHaveBeenCalled();
    observer.disconnect();
  });

  it('is announced for each of several calls, without repeating the first', async () => {
    const { platform } = await shown(incoming());
    const [first] = screen.getByRole('alert').children;
    platform.change({ incoming: [incoming(), SECOND] });
    await waitFor(() => {
      expect(announced()).toHaveLength(2);
    });
    expect(screen.getByRole('alert').children[0]).toBe(first);
    expect(screen.getByRole('alert').getAttribute('aria-atomic')).toBe('false');
    expect(announced()[1]).toContain('Somebody without a number is calling');
  });

  it('is one card at a time; the others are rows under it', async () => {
    await shown(incoming(), SECOND, incoming({ contact: 'c3', title: 'Lena Fischer is calling', who: null }));
    expect(cards().children).toHaveLength(3);
    expect(within(cards()).getAllByText('Answer in ConnectPath.')).toHaveLength(1);
    expect(within(cards()).getByText('To queue Billing, On +1 206 555 0100')).toBeTruthy();
  });

  it('is a slim row with a counter once it is answered, and nothing to press', async () => {
    const start = Date.parse('2026-03-02T09:00:00.900Z');
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    const since = new Date(start - 222_000).toISOString();
    await shown(incoming({ title: 'Grace Holloway (Teams)', answered: since }));
    const row = screen.getByRole('region', { name: 'Answered calls' });
    expect(row.textContent).toBe('GHGrace Holloway (Teams)Connected, 3:42');
    expect(within(row).queryByRole('button')).toBeNull();
    expect(screen.queryByRole('region', { name: 'Incoming calls' })).toBeNull();
    expect(announced()).toEqual([]);
  });

  it('does not take the focus when it arrives, is answered or ends', async () => {
    const platform = new FakePlatform(people(3));
    await show(platform);
    const row = await screen.findByRole('rowheader', { name: /^Person 2\./ });
    row.focus();
    platform.change({ incoming: [incoming()] });
    await screen.findByRole('region', { name: 'Incoming calls' });
    expect(document.activeElement).toBe(row);
    platform.change({ incoming: [incoming({ answered: ago(1) })] });
    await screen.findByRole('region', { name: 'Answered calls' });
    platform.change({ incoming: [] });
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: 'Answered calls' })).toBeNull();
    });
    expect(document.activeElement).toBe(row);
  });

  it('that had the focus leaves it in the list when it ends', async () => {
    const { platform } = await shown(incoming());
    await screen.findByRole('rowheader', { name: /^Person 1\./ });
    act(() => {
      cards().focus();
    });
    platform.change({ incoming: [] });
    await waitFor(async () => {
      expect(document.activeElement).toBe(await screen.findByRole('rowheader', { name: /^Person 1\./ }));
    });
  });

  it.each([
    ['one', [incoming()]],
    ['several', [incoming(), SECOND]],
    ['an answered one', [incoming({ answered: ago(3) }), SECOND]],
  ])('is free of findings by axe as %s', async (_, calls) => {
    await shown(...calls);
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });
});

// Health in the foot, and the page behind it.
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { clockTime } from '../src/time';
import { ago, FakePlatform, HEALTH, health, people } from './fake';
import { show } from './show';

describe('health', () => {
  it('is shown in the foot with its age, and opens a page with a card for each side', async () => {
    // However long the file has been running by now.
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse(HEALTH.cards[1].asOf.at) + 25 * 60_000);
    const platform = new FakePlatform(people(3), { health: health() });
    const user = await show(platform);
    const open = screen.getByRole('button', { name: 'Health: Connect: log in' });
    await user.click(open);
    const card = within(screen.getByRole('region', { name: 'Connect' }));
    expect(card.getByText(`Last seen ${clockTime(Date.parse(HEALTH.cards[0].asOf.at))}`)).toBeTruthy();
    expect(screen.getByText('Read 25 min ago')).toBeTruthy();
    expect(card.getByText('Details')).toBeTruthy();
    expect(card.getByText('no session (401).')).toBeTruthy();
    await user.click(card.getByRole('button', { name: 'Log in' }));
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    expect(platform.asked).toEqual(['connectLogin', 'syncNow']);
  });

  it('moves the focus to its page and back', async () => {
    const user = await show(new FakePlatform(people(3), { health: health() }));
    await user.click(screen.getByRole('button', { name: /^Health/ }));
    const back = screen.getByRole('button', { name: 'Back to people' });
    expect(document.activeElement).toBe(back);
    await user.click(back);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Health/ }));
    expect(await screen.findByRole('grid', { name: 'People' })).toBeTruthy();
  });

  it('opens from the menu', async () => {
    const user = await show(new FakePlatform(people(3), { health: health() }));
    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Health' }));
    expect(screen.getByRole('heading', { name: 'Health' })).toBeTruthy();
  });

  it('shows how old the states are', async () => {
    const platform = new FakePlatform(people(3));
    platform.current.health.asOf = ago(2);
    await show(platform);
    expect(screen.getByRole('button', { name: 'Health: Up to date' })).toBeTruthy();
  });
});

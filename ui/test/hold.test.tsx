// The rows stay where they are for whoever is about to press one.
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { FakeController } from './controller';
import { FakePlatform, people, stopClock } from './fake';
import { show } from './show';

const NUMBER = { kind: 'Work', words: '+1', dial: { e164: '+12065550177', digits: null }, refused: null };

describe('the rows are kept in place', () => {
  it('while the pointer is in the list, so that the person who is seen is the one who is called', async () => {
    const clock = stopClock();
    const platform = new FakeController([
      { name: 'Anders', number: NUMBER },
      { name: 'Beatriz', number: NUMBER },
    ]);
    const user = await show(platform);
    const call = await screen.findByRole('button', { name: 'Call Anders' });
    await user.hover(call);
    act(() => {
      platform.states({ Anders: 'offline' });
    });
    await screen.findByText('Offline');
    expect(screen.getAllByRole('rowheader').map((row) => row.textContent.split('.')[0])).toEqual(['Anders', 'Beatriz']);
    clock(1000);
    await user.click(call);
    expect(platform.asked).toEqual([{ call: { person: 'Anders', number: NUMBER.dial } }]);
    await user.click(screen.getByRole('searchbox'));
    await waitFor(() => {
      expect(screen.getAllByRole('rowheader')[0]?.textContent).toMatch(/^Beatriz/);
    });
  });

  it('while the focus is in the list, and not after it has left', async () => {
    const platform = new FakePlatform(people(3));
    const user = await show(platform);
    act(() => {
      screen.getByRole('rowheader', { name: /^Person 1/ }).focus();
    });
    expect(platform.holds).toEqual([true]);
    await user.keyboard('{ArrowDown}');
    expect(platform.holds).toEqual([true]);
    act(() => {
      screen.getByRole('searchbox').focus();
    });
    expect(platform.holds).toEqual([true, false]);
  });

  it('again if the person is still active after that time', async () => {
    const clock = stopClock();
    const platform = new FakePlatform(people(3));
    const user = await show(platform);
    act(() => {
      screen.getByRole('rowheader', { name: /^Person 1/ }).focus();
    });
    clock(9000);
    await user.keyboard('{ArrowDown}');
    expect(platform.holds).toEqual([true]);
    // Not just the limit: the clock counts in fractions, whose sum may be a little less.
    clock(1001);
    await user.keyboard('{ArrowDown}');
    expect(platform.holds).toEqual([true, true]);
  });
});

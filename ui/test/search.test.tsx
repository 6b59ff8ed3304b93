import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { counts, EVERYONE, FakePlatform, FAVOURITES, people, person } from './fake';
import { show } from './show';

const KNOWN = counts(300, { known: 4812 });

function field(): HTMLInputElement {
  return screen.getByRole('searchbox', { name: 'Search all 4,812 people' });
}

/** What a screen reader is told beside the own state. */
function told(): string {
  return screen
    .getAllByRole('status')
    .slice(1)
    .map(({ textContent }) => textContent)
    .join('');
}

describe('the search field', () => {
  it('has the focus when the drawer opens, and again when it is shown again', async () => {
    const user = await show(new FakePlatform(people(3), { counts: KNOWN }));
    expect(document.activeElement).toBe(field());
    await user.click(screen.getByRole('button', { name: /^Health/ }));
    expect(document.activeElement).not.toBe(field());
    document.dispatchEvent(new Event('visibilitychange'));
    expect(document.activeElement).toBe(field());
  });

  it('asks once for what is typed in one go', async () => {
    const platform = new FakePlatform(people(3), { counts: KNOWN });
    const user = await show(platform);
    await user.type(field(), 'win');
    await waitFor(() => {
      expect(platform.asked.at(-1)).toEqual({ search: { text: 'win' } });
    });
    expect(platform.asked.length).toBeLessThanOrEqual(3);
  });

  it('is cleared by its button, which lists all again', async () => {
    const platform = new FakePlatform(people(3), { counts: KNOWN });
    const user = await show(platform);
    expect(screen.queryByRole('button', { name: 'Clear search' })).toBeNull();
    await user.type(field(), 'w');
    await waitFor(() => {
      expect(platform.asked).toEqual([{ search: { text: 'w' } }]);
    });
    await user.click(screen.getByRole('button', { name: 'Clear search' }));
    await waitFor(() => {
      expect(platform.asked.at(-1)).toEqual({ search: { text: '' } });
    });
    expect(document.activeElement).toBe(field());
  });

  it('is cleared by Escape first; the next one closes the drawer', async () => {
    const platform = new FakePlatform(people(3), { counts: KNOWN });
    const user = await show(platform);
    await user.keyboard('w{Escape}');
    expect(field().value).toBe('');
    expect(platform.asked).not.toContain('closeDrawer');
    await user.keyboard('{Escape}');
    expect(platform.asked).toContain('closeDrawer');
  });

  it('is reached by Ctrl+F, and by a letter in the list, which it gets', async () => {
    const user = await show(new FakePlatform(people(3), { counts: KNOWN }));
    (await screen.findByRole('listitem', { name: /^Person 2/ })).focus();
    await user.keyboard('w');
    expect(document.activeElement).toBe(field());
    expect(field().value).toBe('w');
    screen.getByRole('listitem', { name: /^Person 2/ }).focus();
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(field());
  });

  it('leaves the health page, for who searches wants to see people', async () => {
    const user = await show(new FakePlatform(people(3), { counts: KNOWN }));
    await user.click(screen.getByRole('button', { name: /^Health/ }));
    await user.type(field(), 'w');
    expect(screen.queryByRole('heading', { name: 'Health' })).toBeNull();
  });

  it('speaks of people while nobody is known', async () => {
    await show(new FakePlatform([]));
    expect(screen.getByRole('searchbox', { name: 'Search people' })).toBeTruthy();
  });
});

describe('a result', () => {
  it('is counted in the foot at once, and told after it has stood for a while', async () => {
    const platform = new FakePlatform(people(7), { counts: KNOWN });
    await show(platform);
    platform.change({ counts: { ...KNOWN, listed: 7, found: 7 } });
    await waitFor(() => {
      expect(screen.getByRole('contentinfo').textContent).toContain('7 of 4,812');
    });
    expect(told()).toBe('');
    await waitFor(() => {
      expect(told()).toBe('7 of 4,812');
    });
  });

  it('of nobody names what was searched for, and how many are known', async () => {
    const platform = new FakePlatform(people(3), { counts: KNOWN });
    const user = await show(platform);
    await user.type(field(), ' winther ');
    await waitFor(() => {
      expect(platform.asked.at(-1)).toEqual({ search: { text: ' winther ' } });
    });
    platform.change({ counts: { ...KNOWN, listed: 0, found: 0 } }, []);
    expect(await screen.findByText('No match for “winther”')).toBeTruthy();
    expect(screen.getByText('Not among the 4,812 people known here.')).toBeTruthy();
    expect(screen.getByRole('contentinfo').textContent).toContain('0 of 4,812');
  });

  it('is walked from its start', async () => {
    const platform = new FakePlatform([FAVOURITES, person('a'), EVERYONE, ...people(40).slice(1)], { counts: KNOWN });
    const user = await show(platform);
    (await screen.findByRole('listitem', { name: /^Person 9/ })).focus();
    await user.type(field(), 'p');
    platform.change({ counts: { ...KNOWN, listed: 40, found: 40 } }, people(40));
    await waitFor(() => {
      expect(screen.getByRole('listitem', { name: /^Person 1\b/ }).tabIndex).toBe(0);
    });
  });
});

import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';

import type { DirectorySearch } from '../src/bindings/DirectorySearch';
import { FakeController } from './controller';
import { counts, EVERYONE, FakePlatform, FAVOURITES, people, person } from './fake';
import { show, showWindow } from './show';

const KNOWN = counts(300, { known: 4812 });

function field(): HTMLInputElement {
  return screen.getByRole('searchbox', { name: 'Search all 4,812 people' });
}

/** What a screen reader announces beside the own state. */
function announced(): string {
  return screen
    .getAllByRole('status')
    .slice(1)
    .map(({ textContent }) => textContent)
    .join('');
}

async function findings(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
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

  it('sends one search for letters that are typed quickly', async () => {
    const platform = new FakePlatform(people(3), { counts: KNOWN });
    const user = await show(platform);
    await user.type(field(), 'win');
    await waitFor(() => {
      expect(platform.asked.at(-1)).toEqual({ search: { text: 'win' } });
    });
    expect(platform.asked.length).toBeLessThanOrEqual(3);
  });

  it('is cleared by its button, and everybody is listed again', async () => {
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
    (await screen.findByRole('rowheader', { name: /^Person 2/ })).focus();
    await user.keyboard('w');
    expect(document.activeElement).toBe(field());
    expect(field().value).toBe('w');
    screen.getByRole('rowheader', { name: /^Person 2/ }).focus();
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(field());
  });

  it('closes the health page, so that the people are visible', async () => {
    const user = await show(new FakePlatform(people(3), { counts: KNOWN }));
    await user.click(screen.getByRole('button', { name: /^Health/ }));
    await user.type(field(), 'w');
    expect(screen.queryByRole('heading', { name: 'Health' })).toBeNull();
  });

  it('has a name without a number while nobody is known', async () => {
    await show(new FakePlatform([]));
    expect(screen.getByRole('searchbox', { name: 'Search people' })).toBeTruthy();
  });
});

describe('a result', () => {
  it('is counted in the foot at once, and announced after a pause', async () => {
    const platform = new FakePlatform(people(7), { counts: KNOWN });
    await show(platform);
    platform.change({ counts: { ...KNOWN, listed: 7, found: 7 } });
    await waitFor(() => {
      expect(screen.getByRole('contentinfo').textContent).toContain('7 of 4,812');
    });
    expect(announced()).toBe('');
    await waitFor(() => {
      expect(announced()).toBe('7 of 4,812');
    });
  });

  it('without a match shows the search text, and how many people are known', async () => {
    const platform = new FakePlatform(people(3), { counts: KNOWN });
    const user = await show(platform);
    await user.type(field(), ' winther ');
    await waitFor(() => {
      expect(platform.asked.at(-1)).toEqual({ search: { text: ' winther ' } });
    });
    platform.change({ counts: { ...KNOWN, listed: 0, found: 0 } }, []);
    expect(await screen.findByText('No match for “winther”')).toBeTruthy();
    expect(screen.getByText('Not among the 4,812 people in your list.')).toBeTruthy();
    expect(screen.getByRole('contentinfo').textContent).toContain('0 of 4,812');
  });

  it.each<[DirectorySearch, string]>([
    [{ is: 'asking' }, 'Asking the Microsoft directory…'],
    [{ is: 'nobody' }, 'Nobody by that name in the directory.'],
    [{ is: 'noAnswer' }, 'The directory does not answer.'],
  ])('without a match shows the answer of the directory: %o', async (asked, words) => {
    const platform = new FakePlatform([], { counts: { ...KNOWN, listed: 0, found: 0, asked } });
    const user = await show(platform);
    await user.type(field(), 'winther');
    expect(await screen.findByText('No match for “winther”')).toBeTruthy();
    expect(screen.getByText('Not among the 4,812 people in your list.')).toBeTruthy();
    expect(within(screen.getByRole('main')).getAllByText(words).length).toBeGreaterThan(0);
    await waitFor(() => {
      expect(announced()).toBe(words);
    });
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(await findings()).toEqual([]);
  });

  it.each([
    [1, '1 person added to your list.'],
    [2, '2 people added to your list.'],
  ])('of the directory has its own head, and shows that %d were added', async (count, words) => {
    const asked: DirectorySearch = { is: 'found', count };
    const found = { ...KNOWN, listed: count, found: count, known: 4812 + count, asked };
    await show(new FakePlatform(people(count), { counts: found }));
    await screen.findAllByRole('rowheader');
    expect(screen.getByRole('heading', { level: 2, name: 'Found in the Microsoft directory' })).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Everyone' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Hide offline' })).toBeNull();
    expect(screen.getByText(words, { selector: 'p' })).toBeTruthy();
    await waitFor(() => {
      expect(announced()).toBe(words);
    });
    expect(await findings()).toEqual([]);
  });

  it('is not read out again after another notice', async () => {
    const platform = new FakePlatform(people(3), { counts: { ...KNOWN, found: 3 } });
    const number = '+1 206 555 0142';
    platform.current.own.number = { words: number, copy: number, inStatus: false, statusLocked: false };
    const user = await show(platform);
    await waitFor(() => {
      expect(announced()).toBe('3 of 4,812');
    });
    const region = screen.getAllByRole('status').find(({ textContent }) => textContent === '3 of 4,812');
    await user.click(screen.getByRole('button', { name: /^Copy my number/ }));
    await screen.findAllByText('Number copied');
    expect(region?.textContent).toBe('3 of 4,812');
  });

  it('shows only people who match, and everybody again when the drawer is opened again', async () => {
    const platform = new FakeController([{ name: 'Kasper Winther' }, { name: 'Grace Holloway' }]);
    showWindow(platform);
    const user = userEvent.setup();
    await user.type(await screen.findByRole('searchbox'), 'winther');
    await waitFor(() => {
      expect(screen.getAllByRole('rowheader')).toHaveLength(1);
    });
    act(() => {
      platform.close();
    });
    act(() => {
      platform.seen(true);
    });
    await waitFor(() => {
      expect(screen.getAllByRole('rowheader')).toHaveLength(2);
    });
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('');
    expect(screen.getByRole('contentinfo').textContent).toContain('2 people');
  });

  it('stays when a request fails, and is updated with the next change', async () => {
    const platform = new FakeController([{ name: 'Kasper Winther' }, { name: 'Grace Holloway' }]);
    const user = await show(platform);
    await waitFor(() => {
      expect(screen.getAllByRole('rowheader')).toHaveLength(2);
    });
    platform.failNext(2);
    await user.type(screen.getByRole('searchbox'), 'w');
    await waitFor(() => {
      expect(platform.asked).toContainEqual({ search: { text: 'w' } });
    });
    await user.type(screen.getByRole('searchbox'), 'i');
    await waitFor(() => {
      expect(screen.getAllByRole('rowheader')).toHaveLength(1);
    });
  });

  it('is walked from its start', async () => {
    const platform = new FakePlatform([FAVOURITES, person('a'), EVERYONE, ...people(40).slice(1)], { counts: KNOWN });
    const user = await show(platform);
    (await screen.findByRole('rowheader', { name: /^Person 9/ })).focus();
    await user.type(field(), 'p');
    platform.change({ counts: { ...KNOWN, listed: 40, found: 40 } }, people(40));
    await waitFor(() => {
      expect(screen.getByRole('rowheader', { name: /^Person 1\b/ }).tabIndex).toBe(0);
    });
  });
});

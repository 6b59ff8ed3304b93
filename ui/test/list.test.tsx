import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';

import type { Line } from '../src/bindings/Line';
import { FakeController } from './controller';
import { counts, EVERYONE, FakePlatform, FAVOURITES, people, person } from './fake';
import { show } from './show';

const TEAM = [
  { name: 'Adaeze', department: 'Billing' },
  { name: 'Anders', department: 'Support', offline: true },
  { name: 'Beatriz', department: 'Billing' },
  { name: 'Callum' },
];
const NUMBER = { kind: 'Work', words: '+1', dial: { e164: '+12065550177', digits: null }, refused: null };

function names(): string[] {
  return screen.getAllByRole('rowheader').map((row) => row.textContent.split('.')[0] ?? '');
}

function heads(): (string | null)[] {
  return screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
}

function callable(id: string): Line {
  return person(id, { numbers: [NUMBER], callRefused: null });
}

describe('departments', () => {
  it('are sections on request, with people without one under "Other"', async () => {
    const user = await show(new FakeController(TEAM));
    await user.click(screen.getByRole('button', { name: 'More' }));
    const item = await screen.findByRole('menuitemcheckbox', { name: 'Group by department' });
    expect(item.getAttribute('aria-checked')).toBe('false');
    await user.click(item);
    await waitFor(() => {
      expect(heads()).toEqual(['Other', 'Billing', 'Support']);
    });
    expect(names()).toEqual(['Callum', 'Adaeze', 'Beatriz', 'Anders']);
  });

  it('are checked in the menu while they are shown, and hidden by the same item', async () => {
    const platform = new FakeController(TEAM);
    await platform.act('toggleDepartments');
    const user = await show(platform);
    await screen.findByRole('heading', { name: 'Billing' });
    await user.click(screen.getByRole('button', { name: 'More' }));
    const item = await screen.findByRole('menuitemcheckbox', { name: 'Group by department' });
    expect(item.getAttribute('aria-checked')).toBe('true');
    await user.click(item);
    await waitFor(() => {
      expect(heads()).toEqual(['Everyone']);
    });
  });

  it('have the switch for people who are offline at the first section under the favourites', async () => {
    const platform = new FakeController(TEAM);
    await platform.act('toggleDepartments');
    await platform.act({ favourite: { person: 'Callum', on: true } });
    const user = await show(platform);
    await screen.findByRole('heading', { name: 'Billing' });
    expect(heads()).toEqual(['Favourites', 'Billing', 'Support']);
    const hide = screen.getByRole('button', { name: 'Hide offline' });
    expect(hide.parentElement?.textContent).toContain('Billing');
    await user.click(hide);
    await waitFor(() => {
      expect(heads()).toEqual(['Favourites', 'Billing']);
    });
    expect(screen.getByRole('button', { name: 'Show all' })).toBeTruthy();
  });

  it('are free of findings by axe', async () => {
    const platform = new FakeController(TEAM);
    await platform.act('toggleDepartments');
    await show(platform);
    await screen.findByRole('heading', { name: 'Billing' });
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

describe('the rows', () => {
  it('show everybody once after a favourite has moved', async () => {
    const user = await show(new FakeController(TEAM));
    (await screen.findByRole('rowheader', { name: /^Beatriz/ })).focus();
    await user.keyboard('{Control>}d{/Control}');
    await screen.findByRole('heading', { name: 'Favourites' });
    expect(names()).toEqual(['Beatriz', 'Adaeze', 'Callum', 'Anders']);
    expect(heads()).toEqual(['Favourites', 'Everyone']);
  });

  it('show everybody once at the edge of the fetched lines', async () => {
    const platform = new FakePlatform([FAVOURITES, person('a'), EVERYONE, ...people(400).slice(1)]);
    await show(platform);
    const list = await screen.findByRole('grid', { name: 'People' });
    scroll(list, 80 * 44);
    await screen.findByRole('rowheader', { name: /^Person 90\./ });
    act(() => {
      platform.change({}, [FAVOURITES, EVERYONE, person('90'), ...people(400).filter(isNot('90')).slice(1)]);
    });
    await screen.findByRole('rowheader', { name: /^Person 91\./ });
    scroll(list, 0);
    await screen.findByRole('rowheader', { name: /^Person 90\./ });
    const ids = names();
    expect(new Set(ids).size).toBe(ids.length);
    expect(heads()).toEqual(['Favourites', 'Everyone']);
  });

  it('ignore a press on Call right after they have moved: it was meant for another row', async () => {
    const begun = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(begun);
    const platform = new FakePlatform([EVERYONE, callable('a'), callable('b')]);
    const user = await show(platform);
    await screen.findByRole('rowheader', { name: /^Person b/ });
    act(() => {
      platform.change({}, [EVERYONE, callable('b'), callable('a')]);
    });
    await waitFor(() => {
      expect(names()).toEqual(['Person b', 'Person a']);
    });
    fireEvent.click(screen.getByRole('button', { name: 'Call Person b' }));
    expect(platform.asked).toEqual([]);
    clock.mockReturnValue(begun + 400);
    await user.click(screen.getByRole('button', { name: 'Call Person b' }));
    expect(platform.asked).toEqual([{ call: { person: 'b', number: NUMBER.dial } }]);
  });

  it('stay in place on screen when others are added or removed above them', async () => {
    const platform = new FakePlatform(people(400));
    await show(platform);
    const list = await screen.findByRole('grid', { name: 'People' });
    scroll(list, 100 * 44);
    await screen.findByRole('rowheader', { name: /^Person 105\./ });
    const place = () => {
      const row = screen.getByRole('rowheader', { name: /^Person 105\./ });
      return Number(/translateY\((\d+)px\)/.exec(row.style.transform)?.[1]) - scrollerOf(row).scrollTop;
    };
    const before = place();
    act(() => {
      platform.change({}, [FAVOURITES, person('a'), EVERYONE, ...people(400).slice(1)]);
    });
    // The new head is not fetched yet, and counts as a row until then.
    await waitFor(() => {
      expect(scrollerOf(list).scrollTop).toBe(100 * 44 + 2 * 44);
    });
    await waitFor(() => {
      expect(place()).toBe(before);
    });
  });

  it('show new rows at the top', async () => {
    const platform = new FakePlatform(people(400));
    await show(platform);
    const list = await screen.findByRole('grid', { name: 'People' });
    act(() => {
      platform.change({}, [FAVOURITES, person('a'), EVERYONE, ...people(400).slice(1)]);
    });
    await screen.findByRole('heading', { name: 'Favourites' });
    expect(scrollerOf(list).scrollTop).toBe(0);
  });

  it('keep the one with the focus, wherever the screen is and whatever changes', async () => {
    const platform = new FakePlatform(people(400));
    await show(platform);
    const second = await screen.findByRole('rowheader', { name: /^Person 2\./ });
    act(() => {
      second.focus();
    });
    scroll(second, 200 * 44);
    await screen.findByRole('rowheader', { name: /^Person 210\./ });
    act(() => {
      platform.change({}, [EVERYONE, ...people(400).slice(1).reverse(), person('new')]);
    });
    await screen.findByRole('rowheader', { name: /^Person 190\./ });
    expect(document.activeElement).not.toBe(document.body);
  });

  it('have one that the Tab key reaches, even if the first is off screen', async () => {
    const platform = new FakePlatform(people(400));
    await show(platform);
    const list = await screen.findByRole('grid', { name: 'People' });
    scroll(list, 200 * 44);
    await screen.findByRole('rowheader', { name: /^Person 210\./ });
    act(() => {
      platform.change();
    });
    await waitFor(() => {
      expect(screen.queryByRole('rowheader', { name: /^Person 1\./ })).toBeNull();
    });
    expect(screen.getAllByRole('rowheader').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });

  it('are passed page by page, even while those below are not fetched yet', async () => {
    const platform = new FakeController(Array.from({ length: 400 }, (_, index) => ({ name: `Row ${index}` })));
    const user = await show(platform);
    (await screen.findByRole('rowheader', { name: /^Row 0\./ })).focus();
    platform.delay = 100;
    await user.keyboard('{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}');
    await waitFor(() => {
      expect(document.activeElement?.textContent).toMatch(/^Row 84\./);
    });
  });

  it('do not move the focus from outside the list', async () => {
    const platform = new FakePlatform(people(3));
    const user = await show(platform);
    (await screen.findByRole('rowheader', { name: /^Person 2/ })).focus();
    await user.click(screen.getByRole('banner'));
    expect(document.activeElement).toBe(document.body);
    act(() => {
      platform.change({}, [EVERYONE, person('1'), person('2', { name: 'Renamed' })]);
    });
    await screen.findByText('Renamed');
    expect(document.activeElement).toBe(document.body);
  });

  it('are never numbered beyond their count, even if a head further up is unknown', async () => {
    const list: Line[] = [];
    for (let section = 0; section < 40; section += 1) {
      list.push({ is: 'department', name: `${section}` });
      for (let one = 0; one < 10; one += 1) list.push(person(`${section}-${one}`));
    }
    await show(new FakePlatform(list, { counts: counts(400, { grouped: true }) }));
    scroll(await screen.findByRole('grid', { name: 'People' }), 440 * 44);
    const last = await screen.findByRole('rowheader', { name: /^Person 39-9\./ });
    expect(last.parentElement?.getAttribute('aria-rowindex')).toBe('440');
  });
});

function isNot(other: string) {
  return (line: Line) => line.is !== 'person' || line.id !== other;
}

function scrollerOf(inside: HTMLElement): HTMLElement {
  const scroller = inside.closest<HTMLElement>('[class*=scroller]');
  if (!scroller) throw new Error('no list');
  return scroller;
}

/** Scrolls the list that something is in. */
function scroll(inside: HTMLElement, top: number) {
  const scroller = scrollerOf(inside);
  scroller.scrollTop = top;
  fireEvent.scroll(scroller);
}

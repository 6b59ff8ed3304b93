import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { Side } from '../src/bindings/Side';
import { ago, EVERYONE, FakePlatform, person } from './fake';
import { show } from './show';

const CALL: Side = { words: 'In a call', badge: 'busy', since: ago(4) };
const CONTACT: Side = { words: 'On contact', badge: 'busy', since: ago(4) };
const LOST: Side = { words: 'Unknown', badge: 'unknown', since: ago(8) };
const PNG = 'data:image/png;base64,AAAA';

async function row(changes: Parameters<typeof person>[1]) {
  await show(new FakePlatform([EVERYONE, person('a', changes)]));
  return screen.findByRole('rowheader');
}

describe('a row', () => {
  it('of both sides has both glyphs, Connect first', async () => {
    const { textContent, name } = spelled(await row({ connect: CONTACT, teams: CALL }));
    expect(textContent).toMatch(/On contact4 minIn a call4 min$/);
    expect(name).toBe('Person a. Connect: On contact, 4 minutes. Teams: In a call, 4 minutes.');
    expect(glyphs()).toEqual(['connect', 'teams']);
  });

  it('of one side has only its glyph', async () => {
    await row({ connect: CONTACT, teams: null });
    expect(glyphs()).toEqual(['connect']);
    expect(screen.getByRole('rowheader', { name: 'Person a. Connect: On contact, 4 minutes.' })).toBeTruthy();
  });

  it('shows "Unknown" and since when beside a side that is known', async () => {
    const { textContent } = spelled(await row({ connect: LOST, teams: CALL }));
    expect(textContent).toMatch(/Unknown8 minIn a call4 min$/);
    expect(glyphs()).toEqual(['connect', 'teams']);
  });

  it('shows once that both sides are unknown, beside both glyphs', async () => {
    const unknown: Side = { words: 'Unknown (last seen 14:01)', badge: 'unknown', since: null };
    await row({ badge: 'unknown', there: false, connect: unknown, teams: unknown });
    expect(screen.getAllByText('Unknown (last seen 14:01)')).toHaveLength(1);
    expect(glyphs()).toEqual(['connect', 'teams']);
  });

  it('has a bell while the agent waits for the person, and names this', async () => {
    const { name } = spelled(await row({ favourite: true, waits: 'waiting', teams: CALL }));
    expect(name).toBe('Person a. Teams: In a call, 4 minutes. Favourite. You are notified when free.');
    expect(document.querySelectorAll('[role=row] [class*=bell]')).toHaveLength(1);
  });

  it.each(['no', 'free'] as const)('has no bell when it is %s', async (waits) => {
    await row({ waits });
    expect(document.querySelector('[role=row] [class*=bell]')).toBeNull();
  });

  it('has initials at first and the photo when it arrives, and keeps it over revisions', async () => {
    const platform = new FakePlatform([EVERYONE, person('a', { photo: '7' }), person('b')]);
    let answer: (picture: string) => void = () => undefined;
    platform.photo = (id, version) => {
      platform.calls.push(`photo ${id} ${version}`);
      return new Promise((resolve) => (answer = resolve));
    };
    await show(platform);
    expect(await screen.findByText('PA')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
    act(() => {
      answer(PNG);
    });
    await waitFor(() => {
      expect(document.querySelector('img')?.getAttribute('src')).toBe(PNG);
    });
    const image = document.querySelector('img');
    act(() => {
      platform.change({}, [EVERYONE, person('b'), person('a', { photo: '7', teams: CALL })]);
    });
    await screen.findByText('In a call');
    expect(document.querySelector('img')).toBe(image);
    expect(platform.calls.filter((call) => call.startsWith('photo'))).toEqual(['photo a 7']);
  });

  it('requests no photo of a person who has none', async () => {
    const platform = new FakePlatform([EVERYONE, person('a')]);
    await show(platform);
    await screen.findByRole('rowheader');
    expect(platform.calls.filter((call) => call.startsWith('photo'))).toEqual([]);
  });
});

function spelled(element: HTMLElement) {
  return { textContent: element.textContent, name: element.querySelector('[class*=visuallyHidden]')?.textContent };
}

/** The systems whose glyphs the row shows: the tile is Teams', the strokes are the headset's. */
function glyphs(): string[] {
  const all = [...document.querySelectorAll('[role=row] svg[class*=glyph]')];
  return all.map((glyph) => (glyph.querySelector('[fill="var(--tile)"]') ? 'teams' : 'connect'));
}

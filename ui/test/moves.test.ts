import { describe, expect, it } from 'vitest';

import type { Line } from '../src/bindings/Line';
import { commonOf, movesOf } from '../src/drawer/moves';
import type { DrawerState } from '../src/drawer/store';
import { EVERYONE, FAVOURITES, people, person } from './fake';

function shown(lines: readonly Line[]): DrawerState {
  const heads = lines.flatMap(({ is }, index) => (is === 'person' ? [] : [index]));
  const sections = heads.map((at) => ({ key: `${at}`, at }));
  return {
    view: null,
    failed: false,
    total: lines.length,
    sections,
    heads,
    afterFavourites: 0,
    line: (index) => lines[index],
    fetchedAt: 0,
    since: {},
  };
}

describe('a move', () => {
  it('has the height of what was added or removed above', () => {
    const was = shown(people(40));
    const screen = { first: 10, last: 12 };
    const sizes = { row: 44, head: 32 };
    const more = [FAVOURITES, person('a'), EVERYONE, ...people(40).slice(1)];
    expect(movesOf(was, shown(more), screen, sizes)).toEqual([76, 76, 76]);
    expect(movesOf(was, shown(people(40).filter((_, index) => index !== 5)), screen, sizes)).toEqual([-44, -44, -44]);
    expect(movesOf(was, was, screen, sizes)).toEqual([0, 0, 0]);
  });

  it('is zero for a person who is no longer in the list', () => {
    const without = people(40).filter((line) => line.is !== 'person' || line.id !== '11');
    expect(movesOf(shown(people(40)), shown(without), { first: 10, last: 12 }, { row: 44, head: 32 })).toEqual([
      0, -44,
    ]);
  });

  it.each([
    [[44, 44, 0], 44],
    [[0, 0, 400], 0],
    [[44, -44], 0],
    [[], 0],
  ])('is common if more than half make it: %o', (moves, common) => {
    expect(commonOf(moves)).toBe(common);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PersonLine } from '../src/bindings/PersonLine';
import { step } from '../src/drawer/keys';
import { hue, spokenPerson } from '../src/drawer/words';
import { person } from './fake';

const NOW = Date.parse('2026-11-23T14:06:00Z');

describe("a row's name", () => {
  it('has the name, both sides with their times, and whether the person is a favourite', () => {
    const since = '2026-11-23T14:02:00Z';
    const line = person('1', {
      name: 'Tomás Ibarra',
      favourite: true,
      connect: { words: 'On contact', badge: 'busy', since },
      teams: { words: 'In a call', badge: 'busy', since },
    }) as PersonLine;
    expect(spokenPerson(line, NOW)).toBe(
      'Tomás Ibarra. Connect: On contact, 4 minutes. Teams: In a call, 4 minutes. Favourite.',
    );
  });

  it('has no time if it is unknown', () => {
    const line = person('1', {
      name: 'Farah Haddad',
      teams: { words: 'Out of office', badge: 'outOfOffice', since: null },
    });
    expect(spokenPerson(line as PersonLine, NOW)).toBe('Farah Haddad. Teams: Out of office.');
  });
});

describe("an avatar's hue", () => {
  it('is never red or grey, and always the same', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(hue(id)).toBe(hue(id));
        expect(hue(id)).not.toMatch(/red|cranberry|pumpkin|neutral|anchor|platinum/);
      }),
    );
  });

  it('differs between people', () => {
    const hues = new Set(Array.from({ length: 200 }, (_, index) => hue(`person-${index}`)));
    expect(hues.size).toBe(14);
  });
});

describe('a key in the list', () => {
  const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];

  it('never leads to a head or out of the list', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        fc.nat(39),
        fc.integer({ min: 1, max: 20 }),
        (key, heads, at, page) => {
          const people = heads.flatMap((head, index) => (head ? [] : [index]));
          const from = people[at % people.length];
          fc.pre(from !== undefined);
          expect(people).toContain(step(key, from, heads.length, page, (index) => heads[index] ?? false));
        },
      ),
    );
  });

  it('moves by one, by a page and to the ends', () => {
    const isHead = (index: number) => index === 0 || index === 3;
    const to = (key: string, from: number) => step(key, from, 40, 10, isHead);
    expect([to('ArrowDown', 2), to('ArrowUp', 4), to('PageDown', 4), to('PageUp', 5)]).toEqual([4, 2, 14, 1]);
    expect([to('Home', 9), to('End', 9), to('ArrowUp', 1), to('ArrowDown', 39)]).toEqual([1, 39, 1, 39]);
    expect(to('a', 9)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';

import { keepParts } from '../src/drawer/parts';
import { counts, FakePlatform } from './fake';

describe('the parts of a view', () => {
  it('are the same objects while they are equal, and keep their time', () => {
    const { current } = new FakePlatform();
    const first = keepParts(structuredClone(current), { view: null, since: {} }, 1000);
    expect(first.since).toMatchObject({ own: 1000, health: 1000 });
    const next = structuredClone({ ...current, revision: 2, counts: counts(4) });
    const second = keepParts(next, first, 2000);
    expect(second.view.own).toBe(first.view.own);
    expect(second.view.health).toBe(first.view.health);
    expect(second.view).toEqual(next);
    expect(second.since).toMatchObject({ own: 1000, health: 1000, counts: 2000, revision: 2000 });
    const later = keepParts(structuredClone({ ...next, revision: 3 }), second, 61_000);
    expect(later.view.own).toBe(first.view.own);
    expect(later.since).toMatchObject({ own: 61_000, counts: 2000 });
  });
});

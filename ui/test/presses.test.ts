import { expect, it } from 'vitest';

import { DOUBLE, doubleClickFilter } from '../src/drawer/presses';

const CALL = { call: { person: 'a', number: { e164: '+12065550177', digits: null } } } as const;

it('ignores the second half of a double click, on the same button or another', () => {
  const isSecond = doubleClickFilter();
  expect(isSecond(CALL, 1000)).toBe(false);
  expect(isSecond(CALL, 1100)).toBe(true);
  expect(isSecond('callAnyway', 1200)).toBe(true);
  expect(isSecond('hangUp', 1200 + DOUBLE)).toBe(false);
  expect(isSecond('callAgain', 1201 + DOUBLE)).toBe(true);
});

it('counts a key that is held down as one press', () => {
  const isSecond = doubleClickFilter();
  const presses = Array.from({ length: 100 }, (_, index) =>
    isSecond({ callBack: { contact: 'm', number: { e164: '+1', digits: null } } }, index * 30),
  );
  expect(presses.filter((second) => !second)).toHaveLength(1);
});

it('does not filter actions that may be repeated', () => {
  const isSecond = doubleClickFilter();
  expect([isSecond('hangUp', 0), isSecond('dismissCall', 1), isSecond('syncNow', 2)]).toEqual([false, false, false]);
});

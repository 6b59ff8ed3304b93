import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { age, clockTime, duration, secondsUntil, spokenDuration } from '../src/time';

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const elapsed = fc.integer({ min: 0, max: 400 * DAY });
const start = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

describe('how long', () => {
  it.each([
    [0, 'Just now', 'just now'],
    [MIN - 1, 'Just now', 'just now'],
    [MIN, '1 min', '1 minute'],
    [12 * MIN, '12 min', '12 minutes'],
    [HOUR - 1, '59 min', '59 minutes'],
    [HOUR, '1 h', '1 hour'],
    [65 * MIN, '1 h 5 min', '1 hour 5 minutes'],
    [3 * HOUR, '3 h', '3 hours'],
    [10 * HOUR - 1, '9 h 59 min', '9 hours 59 minutes'],
    [10 * HOUR + 5 * MIN, '10 h', '10 hours'],
    [DAY - 1, '23 h', '23 hours'],
    [DAY, '1 day', '1 day'],
    [2 * DAY, '2 days', '2 days'],
  ])('%d ms is "%s", spoken "%s"', (past, short, spoken) => {
    expect(duration(1e12, 1e12 + past)).toBe(short);
    expect(spokenDuration(1e12, 1e12 + past)).toBe(spoken);
  });

  it('is never longer than the time that has passed, and less than one smallest unit shorter', () => {
    fc.assert(
      fc.property(start, elapsed, (from, past) => {
        const said = parse(duration(from, from + past));
        expect(said.ms).toBeLessThanOrEqual(past);
        expect(past - said.ms).toBeLessThan(said.unit);
      }),
    );
  });

  it('is spoken as it is shown', () => {
    fc.assert(
      fc.property(start, elapsed, (from, past) => {
        expect(numbers(spokenDuration(from, from + past))).toEqual(numbers(duration(from, from + past)));
      }),
    );
  });

  it('counts a time in the future as now', () => {
    fc.assert(
      fc.property(start, elapsed, (now, ahead) => {
        expect(duration(now + ahead, now)).toBe('Just now');
        expect(age(now + ahead, now)).toBe('0 s old');
      }),
    );
  });
});

describe('how old', () => {
  it.each([
    [4000, '4 s old'],
    [2 * MIN, '2 min old'],
    [3 * HOUR + 59 * MIN, '3 h old'],
    [DAY, '1 day old'],
    [2 * DAY, '2 days old'],
  ])('%d ms is "%s"', (past, words) => {
    expect(age(0, past)).toBe(words);
  });
});

it('counts down to zero', () => {
  expect([secondsUntil(11_000, 0), secondsUntil(10_001, 0), secondsUntil(1000, 5000)]).toEqual([11, 11, 0]);
});

it('shows the time of day with 24 hours', () => {
  expect(clockTime(new Date(2026, 10, 23, 14, 2).getTime())).toBe('14:02');
  expect(clockTime(new Date(2026, 10, 23, 0, 7).getTime())).toBe('00:07');
});

function numbers(words: string): string[] {
  return words.match(/\d+/g) ?? [];
}

function parse(words: string): { ms: number; unit: number } {
  const units: Record<string, number> = { min: MIN, h: HOUR, day: DAY, days: DAY };
  const parts = [...words.matchAll(/(\d+) (min|h|days?)/g)].map(([, count, unit = '']) => ({
    ms: Number(count) * (units[unit] ?? 0),
    unit: units[unit] ?? 0,
  }));
  if (parts.length === 0) return { ms: 0, unit: MIN };
  const smallest = parts.length === 1 && parts[0]?.unit === HOUR && parts[0].ms < 10 * HOUR ? MIN : parts.at(-1)?.unit;
  return { ms: parts.reduce((sum, part) => sum + part.ms, 0), unit: smallest ?? 0 };
}

// The texts of a side and of a row. Pure; the components only place them.
import type { Badge } from '../bindings/Badge';
import type { DirectorySearch } from '../bindings/DirectorySearch';
import type { PersonLine } from '../bindings/PersonLine';
import type { Side } from '../bindings/Side';
import { text } from '../text';
import { duration, spokenDuration } from '../time';

type System = 'connect' | 'teams';

/** Fluent's name of a badge. */
export const PRESENCE = {
  available: 'available',
  busy: 'busy',
  doNotDisturb: 'do-not-disturb',
  away: 'away',
  outOfOffice: 'out-of-office',
  offline: 'offline',
  unknown: 'unknown',
} as const satisfies Record<Badge, string>;

/** How long a side has lasted, as shown; empty if unknown. */
export function lasted(side: Side | null, now: number): string {
  return side?.since ? duration(Date.parse(side.since), now) : '';
}

/** "Connect: On contact, 4 minutes". */
export function spokenSide(system: System, side: Side, now: number): string {
  const values = { side: text(`side.${system}`), words: side.words };
  if (!side.since) return text('side.words', values);
  return text('side.wordsFor', { ...values, time: spokenDuration(Date.parse(side.since), now) });
}

/** Somebody's two sides; none for a system that they do not use. */
export interface TwoSides {
  connect: Side | null;
  teams: Side | null;
}

/** "Connect: On contact, 4 minutes. Teams: In a call, 4 minutes."; empty without a side. */
export function spokenSides({ connect, teams }: TwoSides, now: number): string {
  const parts = [];
  if (connect) parts.push(`${spokenSide('connect', connect, now)}.`);
  if (teams) parts.push(`${spokenSide('teams', teams, now)}.`);
  return parts.join(' ');
}

/** The accessible name of a row: "Tomás Ibarra. Connect: On contact, 4 minutes. Teams: In a call, 4 minutes." */
export function spokenPerson(person: PersonLine, now: number): string {
  const parts = [person.name];
  if (person.connect) parts.push(spokenSide('connect', person.connect, now));
  if (person.teams) parts.push(spokenSide('teams', person.teams, now));
  if (person.favourite) parts.push(text('list.favourite'));
  if (person.waits === 'waiting') parts.push(text('list.waiting'));
  return `${parts.join('. ')}.`;
}

/** True if neither side is known: the row then shows both glyphs and the words once. */
export function bothUnknown({ connect, teams }: TwoSides): boolean {
  return connect?.badge === 'unknown' && teams?.badge === 'unknown';
}

/** How many people the Microsoft directory has added to the list. */
export function added(count: number): string {
  return count === 1 ? text('list.addedOne') : text('list.added', { count });
}

/** The state of the search in the Microsoft directory; empty if it was not asked. */
export function askedWords(asked: DirectorySearch): string {
  switch (asked.is) {
    case 'notAsked':
      return '';
    case 'asking':
      return text('list.asking');
    case 'found':
      return added(asked.count);
    case 'nobody':
      return text('list.nobody');
    case 'noAnswer':
      return text('list.noAnswer');
  }
}

/** 14 hues without red and grey, so that an avatar is never taken for a status. */
const HUES = [
  'peach',
  'brass',
  'forest',
  'seafoam',
  'teal',
  'steel',
  'blue',
  'royal-blue',
  'cornflower',
  'lavender',
  'grape',
  'lilac',
  'pink',
  'magenta',
] as const;

/** The avatar's hue: the same for an id every day and on every machine (FNV-1a). */
export function hue(id: string): (typeof HUES)[number] {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return HUES[(hash >>> 0) % HUES.length] ?? HUES[0];
}

// The made-up team of the development page.
import type { Badge } from '../src/bindings/Badge';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { Side } from '../src/bindings/Side';

type Told = readonly [words: string, minutes: number | null];

function person(name: string, badge: Badge, connect: Told | null, teams: Told | null): PersonLine {
  const side = (told: Told | null): Side | null =>
    told && { words: told[0], badge, since: told[1] === null ? null : ago(told[1]) };
  return {
    id: name,
    name,
    badge,
    there: badge !== 'offline' && badge !== 'unknown',
    favourite: false,
    connect: side(connect),
    teams: side(teams),
    numbers: [
      { kind: 'Work', words: '+1 206 555 0177', dial: { e164: '+12065550177', digits: null }, refused: null },
      { kind: 'Mobile', words: '+1 425 555 0113', dial: { e164: '+14255550113', digits: null }, refused: null },
    ],
    callRefused: null,
  };
}

/** The moment so many minutes ago. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000 - 1000).toISOString();
}

export const FAVOURITES: readonly PersonLine[] = [
  person('Grace Holloway', 'available', null, ['Available', 26]),
  person('Tomás Ibarra', 'busy', ['On contact', 4], ['In a call', 4]),
  person('Lena Fischer', 'busy', null, ['In a meeting', 38]),
  person('Mei-Ling Zhao', 'busy', ['After contact work', 1], ['Busy', 1]),
].map((line) => ({ ...line, favourite: true }));

export const EVERYONE: readonly PersonLine[] = [
  person('Adaeze Nwosu', 'available', ['Available', 12], null),
  {
    ...person('Anders Dahl', 'doNotDisturb', null, ['Do not disturb, presenting', 17]),
    numbers: [],
    callRefused: 'No phone number in the directory.',
  },
  person('Beatriz Fonseca', 'away', ['Lunch', 22], ['Be right back', 22]),
  person('Callum Reid', 'busy', ['On hold', 2], null),
  person('Chiara Moretti', 'available', null, ['Available', 0]),
  person('Elif Yıldız', 'available', ['Available', 8], ['Available', 8]),
  person('Farah Haddad', 'outOfOffice', null, ['Out of office, back Mon 30 Nov', null]),
  person('Hiroshi Tanaka', 'busy', ['Training', 51], null),
  person('Ines Laurent', 'away', null, ['Away', 65]),
  person('Jonas Weber', 'offline', null, ['Offline', 180]),
  person('Kwame Mensah', 'offline', ['Offline', 16 * 60], null),
  person('Olga Petrova', 'offline', ['Offline', 2 * 1440], ['Offline', 2 * 1440]),
  ...Array.from({ length: 24 }, (_, index) =>
    person(`Colleague ${index + 1}`, index % 3 ? 'available' : 'away', null, [index % 3 ? 'Available' : 'Away', index]),
  ),
];

/** Who is found by "winther". */
export const FOUND: readonly PersonLine[] = [
  person('Kasper Winther', 'available', null, ['Available', 0]),
  {
    ...person('Signe Winther-Holm', 'offline', null, ['Offline', 300]),
    numbers: [
      { kind: 'Work', words: '+1 206 555 0188', dial: { e164: '+12065550188', digits: null }, refused: null },
      { kind: 'Mobile', words: '555-HOLM', dial: null, refused: '"555-HOLM" cannot be dialled.' },
    ],
  },
];

/** The same person after the network went away at 14:01. */
export function lastSeen(line: PersonLine): PersonLine {
  const unknown: Side = { words: 'Unknown (last seen 14:01)', badge: 'unknown', since: null };
  return {
    ...line,
    badge: 'unknown',
    there: false,
    connect: line.connect && unknown,
    teams: line.teams && unknown,
  };
}

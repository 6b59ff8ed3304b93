// The made-up team of the development page.
import type { Badge } from '../src/bindings/Badge';
import type { JoinOffer } from '../src/bindings/JoinOffer';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { Side } from '../src/bindings/Side';

/** A state and since how many minutes; a badge of its own where the row shows the other side's. */
type Stated = readonly [words: string, minutes: number | null, badge?: Badge];

/** What somebody says who speaks, writes or dials. */
const CONTACT = /^(On contact|On hold|Dialling)/;

function person(name: string, badge: Badge, connect: Stated | null, teams: Stated | null): PersonLine {
  const side = (stated: Stated | null): Side | null =>
    stated && { words: stated[0], badge: stated[2] ?? badge, since: stated[1] === null ? null : ago(stated[1]) };
  return {
    id: name,
    name,
    badge,
    there: badge !== 'offline' && badge !== 'unknown',
    favourite: false,
    connect: side(connect),
    teams: side(teams),
    onContact: connect !== null && CONTACT.test(connect[0]),
    numbers: [
      { kind: 'Work', words: '+1 206 555 0177', dial: { e164: '+12065550177', digits: null }, refused: null },
      { kind: 'Mobile', words: '+1 425 555 0113', dial: { e164: '+14255550113', digits: null }, refused: null },
    ],
    callRefused: null,
    photo: null,
    waits: badge === 'available' ? 'free' : 'no',
    join: null,
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

/** Every kind of row: both sides, one side, unknown sides, long words, a photo, a bell, a proposal. */
export const SIDES: readonly PersonLine[] = [
  { ...person('Amara Diallo', 'available', ['Available', 31], ['Available', 31]), photo: 'woman' },
  person('Bruno Castellanos', 'busy', ['On contact', 3], ['In a call', 3]),
  person('Céline Marchand', 'busy', ['On contact (2)', 7], ['Busy', 7]),
  { ...person('Dagny Solheim', 'busy', ['After contact work', 1], ['Busy', 1]), join: { is: 'confirmed' } },
  { ...person('Emeka Obi', 'doNotDisturb', ['On contact', 12], ['Do not disturb, presenting', 12]), waits: 'waiting' },
  person('Fatima El Amrani', 'away', ['Lunch', 22], ['Be right back', 22]),
  person('Gustav Lindqvist', 'busy', ['Back office, second line', 65], ['In a meeting', 65]),
  { ...person('Hana Kimura', 'busy', ['Case work', 9], ['In a conference call', 9]), photo: 'man' },
  person('Ibrahim Yusuf', 'available', ['Available', 0], null),
  { ...person('i.novak', 'away', ['Break', 4], null), join: novak() },
  person('Ivana Novak', 'available', null, ['Available', 0]),
  person('Joana Duarte', 'available', ['Unknown', 8, 'unknown'], ['Available', 40]),
  person('Karim Haddad', 'away', ['Lunch', 15], ['Unknown', 8, 'unknown']),
  person('Liv Andersen', 'unknown', ['Unknown (last seen 14:01)', null], ['Unknown (last seen 14:01)', null]),
  {
    ...person('Maximiliane von Hohenberg-Zollern-Sigmaringen', 'busy', ['On contact', 2], ['In a call', 2]),
    waits: 'waiting',
  },
  { ...person('Noor Rahman', 'offline', ['Offline', 16 * 60], ['Offline', 900]), photo: 'woman' },
];

function novak(): JoinOffer {
  return { is: 'propose', person: 'Ivana Novak', name: 'Ivana Novak', detail: 'ivana.novak@contoso.com' };
}

/** Everyone in sections, as they are grouped on wish. */
export const DEPARTMENTS: readonly (readonly [department: string, people: readonly PersonLine[]])[] = [
  ['Billing', EVERYONE.slice(0, 4)],
  ['Customer care, second line and escalations', EVERYONE.slice(4, 7)],
  ['Technical support', EVERYONE.slice(7, 10)],
  ['', EVERYONE.slice(10, 14)],
];

const DRAWN = { woman: ['#6b4a3a', '#f1c9a5'], man: ['#274060', '#e0ac69'] } as const;

/** A face, drawn in place of a photo. */
export function face(version: string): string | null {
  if (version !== 'woman' && version !== 'man') return null;
  const [hair, skin] = DRAWN[version];
  const parts = [
    '<rect width="96" height="96" fill="#d7e3f4"/>',
    `<circle cx="48" cy="40" r="25" fill="${hair}"/>`,
    `<circle cx="48" cy="46" r="18" fill="${skin}"/>`,
    `<path d="M10 96a38 30 0 0 1 76 0Z" fill="${hair}"/>`,
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">${parts.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

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

/** Names of directories as they really are, as they are shown. */
export const ODD: readonly PersonLine[] = [
  person('<b>Ana</b> &amp; {name} %s', 'available', null, ['Available', 3]),
  person('dnomiaR .P', 'busy', null, ['In a call', 4]),
  person('Dr. {person} [x](http://example.com)', 'available', ['Available', 12], null),
  person('line break', 'away', ['Lunch', 22], ['Be right back', 22]),
  person('No UPN', 'available', null, ['Available', 8]),
  person('user1@contoso.com', 'busy', null, ['Busy', 9]),
  person(`${'Wolfeschlegelsteinhausenbergerdorff '.repeat(4).slice(0, 127)}…`, 'available', null, ['Available', 2]),
  person('Z\u0301\u0302\u0303\u0304algo', 'available', null, ['Available', 1]),
  person('אבי כהן', 'available', ['Available', 5], ['Available', 5]),
  person('سام\u200cراد', 'away', null, ['Away', 5]),
  person('👨\u200d👩\u200d👧 Lee', 'available', null, ['Available', 7]),
];

// A made-up set-up, as it is before anything was typed.
import type { MappingRow } from '../src/bindings/MappingRow';
import type { MappingStep } from '../src/bindings/MappingStep';
import type { SetupField } from '../src/bindings/SetupField';
import type { SetupPage } from '../src/bindings/SetupPage';

const EMPTY: SetupField = { value: '', locked: false, sign: 'waiting', says: '' };

const TABLE: MappingStep = {
  enabled: true,
  enabledLocked: false,
  rowsLocked: false,
  hold: { value: '15', locked: false, sign: 'waiting', says: '' },
  holdSeconds: 15,
  holdRange: { least: 0, most: 3600 },
  restRange: { least: 1, most: 86_400 },
  rows: [row('Lunch', 'be right back', { id: 'lunch', removable: false })],
  contact: '',
  addable: [],
  targets: choices(['Be right back', 'Busy']),
  sources: [{ id: 'any', words: 'Anybody' }],
  others: [],
  loops: [],
  loopsAccepted: false,
};

export const SETUP: SetupPage = {
  update: false,
  step: 'registration',
  done: [],
  lacks: 'registration',
  next: { can: false, why: '2 things left: Directory (tenant) ID, Application (client) ID' },
  registration: {
    tenant: EMPTY,
    clientId: EMPTY,
    secretKept: false,
    secret: EMPTY,
    secretExpires: EMPTY,
    adminConsent: { ...EMPTY, value: 'false' },
    login: {
      button: { label: 'Check by a login', action: { setup: { edit: 'checkLogin' } }, kind: 'secondary' },
      can: false,
      says: 'Once the application is found.',
    },
    checkedAt: '',
    checks: [
      { title: 'Tenant', sign: 'waiting', says: '', buttons: [] },
      { title: 'API permissions', sign: 'waiting', says: 'Checked by a login.', buttons: [] },
    ],
  },
  instance: {
    instance: EMPTY,
    start: EMPTY,
    mode: { ...EMPTY, value: 'same_origin' },
    origin: 'connectpath-teams://localhost',
    login: {
      button: { label: 'Log in', action: { setup: { edit: 'connectLogin' } }, kind: 'secondary' },
      can: false,
      says: 'Log in once the address is correct.',
    },
    checkedAt: '',
    checks: [{ title: 'Connect Login', sign: 'waiting', says: 'Log in once the address is correct.', buttons: [] }],
  },
  connectToTeams: TABLE,
  teamsToConnect: TABLE,
  save: {
    lines: [{ what: 'Directory (tenant) ID', value: 'contoso.com', changed: true, locked: false }],
    then: 'The app logs in to Teams and Connect and starts the sync.',
    problem: '',
    saved: false,
    works: false,
    button: null,
  },
};

/** Choices with the id that their words suggest. */
export function choices(words: readonly string[]): { id: string; words: string }[] {
  return words.map((name) => ({ id: name.toLowerCase(), words: name }));
}

/** A row of either table. */
export function row(when: string, target: string, changes: Partial<MappingRow> = {}): MappingRow {
  return {
    id: `${when} ${changes.mark ?? ''} ${changes.condition ?? ''}`,
    when,
    group: 'status',
    indented: false,
    target,
    hold: null,
    after: '15 s',
    condition: 'Always.',
    source: 'any',
    onlyWhile: [],
    atMostEvery: null,
    overridePerson: false,
    mark: 'none',
    markWhy: '',
    removable: true,
    ...changes,
  };
}

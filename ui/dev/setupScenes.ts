// The wizard at each of its steps, as an administrator of a made-up tenant would see it.
import type { MappingRow } from '../src/bindings/MappingRow';
import type { MappingStep } from '../src/bindings/MappingStep';
import type { SetupCheck } from '../src/bindings/SetupCheck';
import type { SetupField } from '../src/bindings/SetupField';
import type { SetupPage } from '../src/bindings/SetupPage';
import { SETUP, choices, row } from './setup';

const REGISTRATION: SetupPage['registration'] = {
  tenant: field('7c1e2b9a-40d3-4f7e-9a55-0f6d1c2e8b34', 'Contoso, contoso.com'),
  clientId: field('b8f0c6d2-15ae-4c3b-8e71-6a2d94f7e013', 'Found in Contoso'),
  secretKept: true,
  secret: field('', ''),
  secretExpires: field('2027-01-30', ''),
  adminConsent: field('true', ''),
  checkedAt: '14:06',
  checks: [
    check('Tenant', 'Answers, global cloud'),
    check('Application', 'Accounts in this directory only'),
    check('Redirect URI', 'http://localhost accepted'),
    check('Client secret', 'Accepted, 68 days left'),
    {
      title: 'API permissions',
      sign: 'warning',
      says: 'User.Read.All: select “Grant admin consent for Contoso”.',
      buttons: [
        { label: 'Copy admin-consent link', action: { copy: { text: 'https://login.microsoftonline.com/' } } },
        { label: 'Check by a login', action: 'teamsLogin' },
      ],
    },
    { title: 'Licence filter', sign: 'waiting', says: 'Checked after consent', buttons: [] },
  ],
};

const INSTANCE: SetupPage['instance'] = {
  instance: field('https://contoso.my.connect.aws/', ''),
  start: {
    value: 'contoso.example.com',
    locked: false,
    sign: 'failed',
    says: 'Must be a web address that starts with https://.',
  },
  mode: field('approved_origin', ''),
  origin: 'connectpath-teams://localhost',
  checkedAt: '14:08',
  checks: [
    check('Address', 'contoso.my.connect.aws was found in 12 ms, connected in 31 ms, and answered in 88 ms.'),
    {
      title: 'CCP',
      sign: 'failed',
      says: 'The instance does not let this origin carry its CCP. Add it under Approved origins.',
      buttons: [],
    },
    {
      title: 'Connect Login',
      sign: 'waiting',
      says: 'Log in once the address fits.',
      buttons: [{ label: 'Log in', action: 'connectLogin' }],
    },
  ],
};

const FORTH: MappingStep = {
  ...SETUP.connectToTeams,
  rows: [
    row('Available', 'Routable', 'available', { after: '15 s' }),
    row('Lunch', 'Custom', 'be right back', { after: '0 s', source: 'person', condition: 'Only a person' }),
    row('Training', 'Custom', 'busy', { overridePerson: true, condition: 'Also over your own choice' }),
    row('Coaching', 'Custom', 'busy', { onlyWhile: ['available'], condition: 'Only while Teams is Available' }),
    row('Coaching', 'Custom', 'busy', { mark: 'never', markWhy: 'Never applies: the row before takes it.' }),
    row('Team meeting', 'Deleted', 'busy', { mark: 'unknown', markWhy: 'This status is not in the instance.' }),
    row('Offline', 'Offline', 'clear', {}),
    row('Connected, any channel', 'Contact', 'in a call', { after: '0 s' }),
  ],
  targets: choices(['Available', 'In a call', 'Busy', 'Do not disturb', 'Be right back', 'Clear', 'No change']),
  sources: choices(['Any', 'Person', 'Automatic']),
  others: choices([
    'Available',
    'Busy',
    'In a call',
    'In a meeting',
    'Do not disturb',
    'Presenting',
    'Away',
    'Offline',
  ]),
  addable: choices(['Error', 'Missed']),
};

/** A contact centre with a status for everything. */
const FIFTY: MappingStep = {
  ...FORTH,
  rows: [
    ...FORTH.rows.slice(0, 2),
    ...Array.from({ length: 48 }, (_, index) => ({
      ...row(`Case work ${String(index + 1).padStart(2, '0')}`, 'Custom', 'busy', {}),
      folded: index > 11,
    })),
  ],
  folded: '36 statuses follow the default.',
};

const BACK: MappingStep = {
  ...SETUP.teamsToConnect,
  rows: [
    back('Available', 'restore', { condition: 'Only if we set Connect before' }),
    back('Busy', 'coaching', { mark: 'loop' }),
    back('In a call', 'on teams call', { indented: true, condition: 'Not while on a contact' }),
    back('In a meeting', 'on teams call', { indented: true, condition: 'Not while on a contact' }),
    back('Do not disturb', 'training', { mark: 'loop' }),
    back('Be right back', 'no change', { after: '', condition: '' }),
    back('Away', 'no change', { after: '', condition: 'Automatic in Teams' }),
  ],
  targets: choices(['Restore', 'Coaching', 'On Teams call', 'Training', 'No change']),
  sources: FORTH.sources,
  others: choices(['Available', 'Lunch', 'Training', 'Coaching', 'On a contact']),
  addable: choices(['Presenting', 'Focusing', 'Out of office']),
  loops: [
    {
      chain: [
        { side: 'connect', words: 'Coaching' },
        { side: 'teams', words: 'Do not disturb' },
        { side: 'connect', words: 'Training' },
        { side: 'teams', words: 'Busy' },
        { side: 'connect', words: 'Coaching' },
      ],
      mend: { label: 'Set “Do not disturb” to No change', action: 'syncNow' },
    },
  ],
};

const SAVE: SetupPage['save'] = {
  lines: [
    { what: 'Directory (tenant) ID', value: '7c1e2b9a-40d3-4f7e-9a55-0f6d1c2e8b34', changed: true, locked: false },
    { what: 'Application (client) ID', value: 'b8f0c6d2-15ae-4c3b-8e71-6a2d94f7e013', changed: false, locked: true },
    { what: 'Access URL of the instance', value: 'https://contoso.my.connect.aws/', changed: true, locked: false },
    { what: 'Connect to Teams', value: '8 rows', changed: true, locked: false },
    { what: 'Teams to Connect', value: 'Off', changed: false, locked: false },
  ],
  then: 'The app logs in to Teams and Connect and begins to sync.',
  problem: '',
  saved: false,
};

const DONE: SetupPage['done'] = ['registration', 'instance', 'connectToTeams', 'teamsToConnect'];
const WORDS: SetupPage = { ...SETUP, done: DONE, registration: REGISTRATION, instance: INSTANCE, save: SAVE };
const ON: SetupPage['next'] = { can: true, why: '' };

function at(step: SetupPage['step'], changes: Partial<SetupPage> = {}): SetupPage {
  const done = DONE.slice(0, Math.max(0, [...DONE, 'save'].indexOf(step)));
  return { ...WORDS, step, done, next: ON, connectToTeams: FORTH, teamsToConnect: BACK, ...changes };
}

export const SETUPS = {
  setupEmpty: SETUP,
  setupRegistration: at('registration', { next: { can: false, why: '1 thing left: admin consent' } }),
  setupChecking: at('registration', {
    next: { can: false, why: '1 thing left: API permissions' },
    registration: {
      ...REGISTRATION,
      checks: REGISTRATION.checks.map((one) => ({ ...one, sign: 'checking', says: '', buttons: [] })),
    },
  }),
  setupInstance: at('instance', { next: { can: false, why: '2 things left: Where the login begins, CCP' } }),
  setupForth: at('connectToTeams'),
  setupFifty: at('connectToTeams', { connectToTeams: FIFTY }),
  setupLoop: at('teamsToConnect', { next: { can: false, why: 'Loop found' } }),
  setupSave: at('save'),
  setupProblem: at('save', {
    update: true,
    save: { ...SAVE, problem: 'The settings changed since this page was opened. Look at them and save again.' },
  }),
  setupSaved: at('save', { save: { ...SAVE, saved: true } }),
} as const satisfies Readonly<Record<string, SetupPage>>;

function field(value: string, says: string): SetupField {
  return { value, locked: false, sign: says ? 'good' : 'waiting', says };
}

function check(title: string, says: string): SetupCheck {
  return { title, sign: 'good', says, buttons: [] };
}

function back(when: string, target: string, changes: Partial<MappingRow>): MappingRow {
  return row(when, '', target, changes);
}

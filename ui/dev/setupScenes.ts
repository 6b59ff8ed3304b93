// The wizard at each of its steps, as an administrator of a made-up tenant would see it.
import type { MappingRow } from '../src/bindings/MappingRow';
import type { MappingStep } from '../src/bindings/MappingStep';
import type { SetupCheck } from '../src/bindings/SetupCheck';
import type { SetupField } from '../src/bindings/SetupField';
import type { SetupPage } from '../src/bindings/SetupPage';
import { SETUP, choices, row } from './setup';

const REGISTRATION: SetupPage['registration'] = {
  tenant: field('7c1e2b9a-40d3-4f7e-9a55-0f6d1c2e8b34', 'Contoso, contoso.com'),
  clientId: field('b8f0c6d2-15ae-4c3b-8e71-6a2d94f7e013', ''),
  secretKept: true,
  secret: field('', ''),
  secretExpires: field('2027-01-30', ''),
  adminConsent: field('false', ''),
  login: {
    button: { label: 'Check by a login', action: { setup: { edit: 'checkLogin' } }, kind: 'secondary' },
    can: true,
    says: 'Completes the checks that are open below.',
  },
  checkedAt: '14:06',
  checks: [
    check('Tenant', 'Answers, global cloud'),
    check('Application', 'Found in Contoso'),
    check('Redirect URI', 'http://localhost is accepted.'),
    check('Client secret', 'Accepted, and it grants nothing else.'),
    {
      title: 'API permissions',
      sign: 'warning',
      says: 'Priya Raman has names and presence. For phone numbers and the licence filter an administrator selects “Grant admin consent for Contoso” under “API permissions”.',
      buttons: [
        {
          label: 'Copy admin-consent link',
          action: { copy: { text: 'https://login.microsoftonline.com/' } },
          kind: 'secondary',
        },
      ],
    },
    { title: 'Licence filter', sign: 'waiting', says: 'Checked after consent', buttons: [] },
  ],
};

/** A login is tried, and the browser did not come. */
const LATE: SetupCheck[] = [
  ...REGISTRATION.checks.slice(0, 4),
  {
    title: 'API permissions',
    sign: 'checking',
    says: 'Continue in the browser. No browser window? Open the page again, or copy its link into a browser yourself.',
    buttons: [
      { label: 'Open again', action: { setup: { edit: 'checkLogin' } }, kind: 'secondary' },
      { label: 'Copy link', action: { copy: { text: 'https://login.microsoftonline.com/' } }, kind: 'secondary' },
      { label: 'Cancel', action: { setup: { edit: 'cancelLogin' } }, kind: 'subtle' },
    ],
  },
  { title: 'Licence filter', sign: 'checking', says: 'Checked by the same login.', buttons: [] },
];

const UNREACHED: SetupCheck[] = [
  {
    title: 'Tenant',
    sign: 'failed',
    says: 'login.microsoftonline.com could not be reached. Check the network, the proxy and the firewall.',
    buttons: [
      { label: 'Try again', action: { setup: { edit: 'checkAgain' } }, kind: 'secondary' },
      { label: 'Open Doctor', action: { openSettings: { page: 'doctor' } }, kind: 'secondary' },
    ],
  },
  ...['Application', 'Redirect URI', 'Client secret'].map((title) => ({
    title,
    sign: 'waiting' as const,
    says: 'Checked once the tenant answers.',
    buttons: [],
  })),
  { title: 'API permissions', sign: 'waiting', says: 'Checked by a login.', buttons: [] },
];

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
  login: {
    button: { label: 'Log in', action: { setup: { edit: 'connectLogin' } }, kind: 'secondary' },
    can: false,
    says: 'Log in once the address is correct.',
  },
  checkedAt: '14:08',
  checks: [
    check('Address', 'contoso.my.connect.aws answers.'),
    {
      title: 'CCP',
      sign: 'failed',
      says: 'The instance does not let this origin carry its CCP. Add it under Approved origins.',
      buttons: [],
    },
    {
      title: 'Connect Login',
      sign: 'waiting',
      says: 'Log in once the address is correct.',
      buttons: [],
    },
  ],
};

const FORTH: MappingStep = {
  ...SETUP.connectToTeams,
  rows: [
    row('Available', 'available'),
    row('Lunch', 'be right back', { after: '0 s', source: 'person', condition: 'Only if you set it yourself.' }),
    row('Training', 'busy', { overridePerson: true, condition: 'Also over a status that you chose in Teams.' }),
    row('Coaching', 'busy', { onlyWhile: ['available'], condition: 'Only while Teams shows Available.' }),
    row('Coaching', 'busy', { mark: 'never', markWhy: 'Another row wins whenever it matches: Coaching → Busy.' }),
    row('Team meeting', 'busy', { mark: 'unknown', markWhy: 'The instance has no such status.' }),
    row('Any other status of your own', 'busy'),
    row('Offline', 'teams decides by itself'),
    contact('Incoming', 'no change', { after: '', condition: '' }),
    contact('Dialling', 'no change', { after: '', condition: '' }),
    contact('Dialling, call', 'in a call', { indented: true }),
    contact('On contact', 'busy', {}),
    contact('On contact, call', 'in a call', { indented: true, after: '0 s' }),
  ],
  contact: 'While on a contact: changed',
  targets: choices([
    'Available',
    'In a call',
    'Busy',
    'Do not disturb',
    'Be right back',
    'Teams decides by itself',
    'No change',
  ]),
  sources: [
    { id: 'any', words: 'Anybody' },
    { id: 'person', words: 'Only if you set it yourself.' },
    { id: 'contact', words: 'Only if a contact caused it.' },
  ],
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
    ...Array.from({ length: 48 }, (_, index) => row(`Case work ${String(index + 1).padStart(2, '0')}`, 'busy')),
    ...FORTH.rows.filter(({ group }) => group === 'contact'),
  ],
  contact: 'While on a contact: as proposed',
};

const BACK: MappingStep = {
  ...SETUP.teamsToConnect,
  rows: [
    back('Available', 'the status from before', { condition: 'Only if this app changed Connect before.' }),
    back('Busy', 'coaching', { mark: 'loop' }),
    back('In a call', 'on teams call', { indented: true, condition: 'Only while Connect is Available or Lunch.' }),
    back('In a meeting', 'on teams call', { indented: true, condition: 'Only while Connect is Available or Lunch.' }),
    back('Do not disturb', 'training', { mark: 'loop' }),
    back('Be right back', 'no change', { after: '', condition: '' }),
    back('Away', 'no change', { after: '', condition: '' }),
  ],
  targets: choices(['The status from before', 'Coaching', 'On Teams call', 'Training', 'No change']),
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
      fix: { label: 'Set “Do not disturb → Training” to No change', action: 'syncNow', kind: 'secondary' },
    },
  ],
};

const SAVE: SetupPage['save'] = {
  lines: [
    { what: 'Directory (tenant) ID', value: 'Contoso, contoso.com', changed: false, locked: false },
    { what: 'Application (client) ID', value: 'b8f0c6d2-15ae-4c3b-8e71-6a2d94f7e013', changed: false, locked: true },
    { what: 'Client secret', value: 'In this computer’s keyring', changed: true, locked: false },
    {
      what: 'Phone numbers and licence filter',
      value: 'Off until an administrator consents',
      changed: false,
      locked: false,
    },
    { what: 'Access URL of the instance', value: 'https://contoso.my.connect.aws/', changed: false, locked: false },
    { what: 'How this app opens Connect', value: 'In a page of the instance', changed: false, locked: false },
    { what: 'Teams follows Connect', value: 'On, with 2 custom rows', changed: true, locked: false },
    { what: 'Connect follows Teams', value: 'Off', changed: false, locked: false },
    { what: 'A status must last', value: '15 s before the other side follows', changed: false, locked: false },
  ],
  then: 'The app logs in to Teams and Connect and starts the sync.',
  problem: '',
  saved: false,
  works: false,
  button: null,
};

const DONE: SetupPage['done'] = ['registration', 'instance', 'connectToTeams', 'teamsToConnect'];
const WORDS: SetupPage = {
  ...SETUP,
  done: DONE,
  registration: REGISTRATION,
  instance: INSTANCE,
  save: SAVE,
  lacks: null,
};
const ON: SetupPage['next'] = { can: true, why: '' };

function at(step: SetupPage['step'], changes: Partial<SetupPage> = {}): SetupPage {
  const done = DONE.slice(0, Math.max(0, [...DONE, 'save'].indexOf(step)));
  return { ...WORDS, step, done, next: ON, connectToTeams: FORTH, teamsToConnect: BACK, ...changes };
}

export const SETUPS = {
  setupEmpty: SETUP,
  setupRegistration: at('registration'),
  setupLogin: at('registration', { registration: { ...REGISTRATION, checks: LATE } }),
  setupChecking: at('registration', {
    next: { can: false, why: '1 thing left: API permissions' },
    registration: {
      ...REGISTRATION,
      checks: REGISTRATION.checks.map((one) => ({ ...one, sign: 'checking', says: '', buttons: [] })),
    },
  }),
  setupInstance: at('instance', { next: { can: false, why: '2 things left: Sign-in address, CCP' } }),
  setupForth: at('connectToTeams'),
  setupSeconds: at('connectToTeams', {
    next: { can: false, why: '1 thing left: A status must last' },
    lacks: 'connectToTeams',
    connectToTeams: {
      ...FORTH,
      hold: { value: '99999', locked: false, sign: 'failed', says: 'Enter a whole number from 0 to 3,600.' },
    },
  }),
  setupFifty: at('connectToTeams', { connectToTeams: FIFTY }),
  setupLoop: at('teamsToConnect', { next: { can: false, why: 'Loop found' } }),
  setupSave: at('save'),
  setupProblem: at('save', {
    update: true,
    save: { ...SAVE, problem: 'The settings changed since this page was opened. Look at them and save again.' },
  }),
  setupSaved: at('save', {
    save: {
      ...SAVE,
      saved: true,
      works: true,
      then: 'It works now: no restart or second login is needed.',
    },
  }),
  setupSavedLogin: at('save', {
    save: {
      ...SAVE,
      saved: true,
      then: 'One thing is left: log in to Teams.',
      button: { label: 'Teams Login', action: 'teamsLogin', kind: 'secondary' },
    },
  }),
  setupNetwork: at('registration', {
    next: { can: false, why: '1 thing left: the network' },
    registration: { ...REGISTRATION, tenant: field(REGISTRATION.tenant.value, ''), checks: UNREACHED },
  }),
} as const satisfies Readonly<Record<string, SetupPage>>;

function field(value: string, says: string): SetupField {
  return { value, locked: false, sign: says ? 'good' : 'waiting', says };
}

function check(title: string, says: string): SetupCheck {
  return { title, sign: 'good', says, buttons: [] };
}

function back(when: string, target: string, changes: Partial<MappingRow>): MappingRow {
  return row(when, target, changes);
}

function contact(when: string, target: string, changes: Partial<MappingRow>): MappingRow {
  return row(when, target, { group: 'contact', ...changes });
}

// The compiler refuses a key that does not exist. This looks for the other mistake: a text that nobody says.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import catalogue from '../../crates/view/text/en.json';
import { text } from '../src/text';

/** The sections that the windows own; the others are said by Rust. */
const SECTIONS = [
  'fault',
  'unread',
  'side',
  'own',
  'knob',
  'pause',
  'reason',
  'list',
  'menu',
  'search',
  'callBar',
  'incomingCard',
  'missedRow',
  'foot',
  'health',
  'time',
  'spoken',
  'settingsWindow',
  'controlsPage',
  'generalPage',
  'syncPage',
  'peoplePage',
  'callsPage',
  'timelinePage',
  'whatIf',
  'doctorPage',
  'aboutPage',
  'setupStep',
  'setupAbout',
  'setupSign',
  'setupPage',
  'mappingSwitch',
  'mappingWhen',
  'mappingSet',
  'mappingOnly',
  'mappingEdit',
  'mappingPage',
] as const;
/** Keys that are put together from a value of the view. */
const COMPOSED = [
  ...['connect', 'teams'].map((system) => `side.${system}`),
  ...['both', 'connectToTeams', 'teamsToConnect', 'off', 'notInStep', 'paused'].map((knob) => `knob.${knob}`),
  ...[
    ...['off', 'dryRun', 'stopped', 'offline', 'teamsDecides', 'teamsLeads', 'settingTeams', 'settingConnect'],
    ...['waitsForAnswer', 'notInStep', 'inStep', 'teamsFollows', 'connectFollows', 'asksSoon'],
    'teamsNotKnown',
    ...['waitsForContact', 'queued', 'notSetUp', 'waitsForLogin'],
  ].map((reason) => `reason.${reason}`),
  ...['favourites', 'everyone'].map((section) => `list.${section}`),
  ...['general', 'sync', 'people', 'calls', 'timeline', 'doctor', 'about'].map((page) => `settingsWindow.${page}`),
  ...['all', 'written', 'notWritten', 'time', 'seen', 'done', 'why', 'connect', 'teams', 'clock'].map(
    (name) => `timelinePage.${name}`,
  ),
  ...['themes', 'notices'].map((group) => `generalPage.${group}`),
  'syncPage.messages',
  ...['time', 'name', 'call', 'number', 'actions'].map((column) => `callsPage.${column}`),
  ...['registration', 'instance', 'connectToTeams', 'teamsToConnect', 'save'].flatMap((step) => [
    `setupStep.${step}`,
    `setupAbout.${step}`,
  ]),
  ...['waiting', 'checking', 'good', 'warning', 'failed'].map((sign) => `setupSign.${sign}`),
  ...['connectToTeams', 'teamsToConnect'].flatMap((side) =>
    ['Switch', 'When', 'Set', 'Only', 'Edit'].map((what) => `mapping${what}.${side}`),
  ),
  ...['time', 'seen', 'was', 'would'].map((name) => `whatIf.${name}`),
];

it('uses every text of its sections', () => {
  const folder = join(import.meta.dirname, '../src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const keys = SECTIONS.flatMap((section) => Object.keys(catalogue[section]).map((name) => `${section}.${name}`));
  expect(keys.filter((key) => !COMPOSED.includes(key) && !sources.includes(`'${key}'`))).toEqual([]);
  expect(COMPOSED.filter((key) => !keys.includes(key))).toEqual([]);
});

it('fills in the given values, and groups the digits of a number', () => {
  expect(text('foot.some', { listed: 300, known: 4812 })).toBe('Showing 300 of 4,812');
});

it('does not replace names inside a value', () => {
  expect(text('health.aged', { words: '{age}', age: '4 s old' })).toBe('{age}, 4 s old');
});

it('isolates a value from right to left, and changes no other', () => {
  const words = text('health.aged', { words: 'אבי כהן', age: 'Zoë +44' });
  expect(words).toBe('\u2068אבי כהן\u2069, Zoë +44');
});

it('has no word that the style forbids', () => {
  const words = JSON.stringify(SECTIONS.map((section) => catalogue[section]));
  expect(words).not.toMatch(/please|sorry|oops|!/i);
});

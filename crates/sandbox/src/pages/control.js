// The control page: shows Contoso once a second, and posts what a person does. It decides nothing; what is not
// possible now is refused by the API in a sentence.
import { AMAZON_SHAPES, amazonIn, showUsers } from '/control/amazon.js';
import { CALL_SHAPES, callsIn, fillErrors, sentence, showCallers, showContacts } from '/control/calls.js';
import { SHAPES, troubleIn } from '/control/trouble.js';

const $ = (selector) => document.querySelector(selector);
const $$ = (selector) => [...document.querySelectorAll(selector)];
const put = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};
/** `secondFactor` as words. */
const spaced = (name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const show = (name, text) => put($(`[data-show=${name}]`), text);

const WORDS = {
  Available: 'Available', AvailableInactive: 'Available, inactive', Busy: 'Busy', InACall: 'In a call',
  InAConferenceCall: 'In a conference call', InAMeeting: 'In a meeting', DoNotDisturb: 'Do not disturb',
  Presenting: 'Presenting', Focusing: 'Focusing', BeRightBack: 'Be right back', Away: 'Away', Offline: 'Offline',
  OffWork: 'Appear offline', OutOfOffice: 'Out of office', PresenceUnknown: 'Unknown',
};
const DOTS = { Available: 'free', Busy: 'busy', DoNotDisturb: 'busy', BeRightBack: 'away', Away: 'away' };
const CHOICES = [
  ['Available', 'Available'], ['Busy', 'Busy'], ['Busy', 'InACall'], ['Busy', 'InAMeeting'],
  ['DoNotDisturb', 'DoNotDisturb'], ['DoNotDisturb', 'Presenting'], ['BeRightBack', 'BeRightBack'],
  ['Away', 'Away'], ['Offline', 'Offline'], ['Offline', 'OutOfOffice'],
];

const presence = ({ activity }) => WORDS[activity] ?? activity;
const clock = (moment) => new Date(moment).toLocaleTimeString('en-GB');
const ends = (moment) => {
  const left = Math.max(0, Math.round((new Date(moment) - Date.now()) / 1000));
  return left < 90 ? `${left} s` : left < 5400 ? `${Math.round(left / 60)} min` : `${Math.round(left / 3600)} h`;
};
const lasting = (value) => (value ? `${presence(value)}, for another ${ends(value.expiresAt)}` : 'None');

/** The switches of the page, as the world has them. */
const switches = ({ teams, meeting, idle, trouble, agent }) => ({
  meeting,
  idle,
  presenting: teams?.activity === 'Presenting',
  call: teams?.activity === 'InACall',
  away: !idle && teams?.activity === 'Away',
  closed: teams === null,
  down: trouble.down,
  session: agent.loggedIn,
  outbound: agent.mayDial,
});

let statuses = [];
let offered = '';

/** A button and an option for each status, made again when the list has changed. */
function statusButtons(all) {
  const names = all.filter(({ enabled }) => enabled).map(({ name }) => name);
  const now = all.map(({ name, enabled }) => `${name} ${enabled}`).join('\n');
  if (now === offered) return;
  offered = now;
  $('#statuses').replaceChildren(...names.map((name) => {
    const button = Object.assign(document.createElement('button'), { textContent: name });
    button.dataset.post = 'agent/status';
    button.dataset.body = JSON.stringify({ name });
    return button;
  }));
  for (const select of $$('select[data-statuses]')) select.replaceChildren(...all.map(({ name }) => new Option(name, name)));
}

function render(world) {
  const { agent, trouble, day } = world;
  const { contact, contacts } = agent;
  show('presence', presence(world.presence));
  $('[data-dot=presence]').dataset.is = DOTS[world.presence.availability] ?? '';
  show('client', world.teams ? presence(world.teams) : 'Not running');
  show('session', lasting(world.session));
  show('preferred', lasting(world.preferred));

  show('connect', !agent.loggedIn ? 'Logged out' : contact ? 'Has a contact' : agent.chosen);
  $('[data-dot=connect]').dataset.is = !agent.loggedIn ? '' : contact ? 'busy' : agent.chosen === 'Available' ? 'free' : 'away';
  show('chosen', `${agent.chosen}, since ${clock(agent.chosenSince)}`);
  show('next', agent.next ?? 'None');
  show('contact', contacts.length < 2 ? contacts.map(sentence).join('') || 'None' : `${contacts.length}, under Calls`);
  const message = world.statusMessage;
  show('message', message ? `${message.text}${message.expiresAt ? `, for another ${ends(message.expiresAt)}` : ''}` : 'None');

  show('entra', world.refusal ? `Refuses: ${spaced(world.refusal)}` : 'Works');
  show('grant', world.granted ? `Valid; ${world.refreshes} refreshes` : world.signIns ? 'Ended' : 'Nobody signed in yet');
  const slow = trouble.throttledUntil && `Slowed down for another ${ends(trouble.throttledUntil)}`;
  show('graph', trouble.down ? 'Down' : (slow ?? 'Works'));
  show('login', agent.loggedIn ? 'Priya is logged in' : 'Ended');
  show('day', day ? `It is ${day.clock} at Contoso.` : '');

  statusButtons(world.statuses);
  for (const button of $$('#statuses button')) {
    button.setAttribute('aria-pressed', String((agent.next ?? agent.chosen) === button.textContent));
  }
  $('[data-when=day]').setAttribute('aria-disabled', String(!day));
  const on = switches(world);
  for (const button of $$('[data-switch]')) button.setAttribute('aria-pressed', String(on[button.dataset.switch]));
  for (const [name, text] of Object.entries({ ...troubleIn(world), ...amazonIn(world), ...callsIn(world) })) show(name, text);
  showContacts($('#contacts'), contacts, act);
  statuses = world.statuses;
  renderLog(world);
}

const WRITES = {
  setPresence: (write) => `Session: ${presence(write)} for ${write.expiresIn / 60} min`,
  clearPresence: () => 'Session taken back',
  setUserPreferredPresence: (write) => `Preferred: ${presence(write)} for ${write.expiresIn / 60} min`,
  clearUserPreferredPresence: () => 'Preferred presence taken back',
  setStatusMessage: ({ text }) => (text === null ? 'Status message taken back' : `Status message: ${text}`),
  putAgentState: ({ status, next }) => `Status: ${status}${next ? ', as the next one if need be' : ''}`,
  createOutboundContact: ({ number, queue }) => `Call ${number} on ${queue.name ?? 'the own queue'}`,
  sendDigits: ({ digits }) => `Digits ${digits}`,
  acceptContact: () => 'Contact taken',
  rejectContact: () => 'Contact rejected',
  clearContact: () => 'Contact cleared',
  holdConnection: () => 'On hold',
  resumeConnection: () => 'Resumed',
  destroyConnection: () => 'Hung up',
};
let logged = -1;

function renderLog({ writes, asked }) {
  if (logged === writes.length + asked.length) return;
  logged = writes.length + asked.length;
  const all = [...writes.map((write) => [write, 'Teams']), ...asked.map((write) => [write, 'Connect'])];
  all.sort(([a], [b]) => b.at.localeCompare(a.at));
  $('[data-show=none]').hidden = all.length > 0;
  $('#log').replaceChildren(...all.slice(0, 100).map(([write, where]) => {
    const line = document.createElement('li');
    for (const text of [clock(write.at), where, WRITES[write.kind](write)]) {
      line.append(Object.assign(document.createElement('span'), { textContent: text }));
    }
    return line;
  }));
}

async function api(path, body) {
  const options = body === undefined
    ? {}
    : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/control/api/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function act(path, body) {
  try {
    render(await api(path, body));
    put($('#problem'), '');
  } catch (error) {
    put($('#problem'), error instanceof TypeError ? 'The sandbox does not answer.' : error.message);
  }
}

// Rows stay where they are, so that a select keeps the focus while it is used.
const rows = new Map();

function row({ id, name, department, numbers }) {
  const line = document.createElement('tr');
  const cell = (...parts) => {
    const cell = document.createElement('td');
    cell.append(...parts);
    line.append(cell);
    return cell;
  };
  cell(name);
  cell(department);
  cell(numbers.join(', '));
  const dot = Object.assign(document.createElement('i'), { className: 'dot' });
  const words = document.createElement('span');
  cell(dot, words);
  const select = document.createElement('select');
  select.setAttribute('aria-label', `Put ${name}`);
  select.append(new Option('As usual', ''));
  for (const [availability, activity] of CHOICES) select.append(new Option(WORDS[activity], `${availability}/${activity}`));
  select.addEventListener('change', async () => {
    const [availability, activity] = select.value.split('/');
    await act('people/move', { id, to: activity ? { availability, activity } : null });
    await people();
  });
  cell(select);
  return { line, dot, words, select };
}

let asking = 0;

async function people() {
  const mine = ++asking;
  const found = await api(`people?search=${encodeURIComponent($('#search').value)}`);
  if (mine !== asking) return;
  const lines = found.map((person) => {
    if (!rows.has(person.id)) rows.set(person.id, row(person));
    const { line, dot, words, select } = rows.get(person.id);
    dot.dataset.is = DOTS[person.availability] ?? '';
    put(words, presence(person));
    if (document.activeElement !== select) select.value = person.moved ? `${person.availability}/${person.activity}` : '';
    return line;
  });
  const shown = [...$('#rows').children];
  if (lines.length !== shown.length || lines.some((line, at) => line !== shown[at])) $('#rows').replaceChildren(...lines);
}

/** The people who can call, and who can write a status message. */
async function everybody() {
  const all = await api('people?search=');
  showCallers($('#who'), $('#callers'), all, act);
  $('#writer').replaceChildren(...all.map(({ id, name }) => new Option(name, id)));
}

let asked = 0;

async function users() {
  const mine = ++asked;
  const found = await api(`amazon/people?search=${encodeURIComponent($('#search-users').value)}`);
  if (mine !== asked) return;
  showUsers($('#users'), found, statuses, async (path, body) => {
    await act(path, body);
    await users();
  });
}

async function look() {
  try {
    render(await api('world'));
    await people();
    await users();
    if ($('#problem').textContent === 'The sandbox does not answer.') put($('#problem'), '');
  } catch {
    put($('#problem'), 'The sandbox does not answer.');
  }
  setTimeout(look, 1000);
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-post]');
  if (!button || button.getAttribute('aria-disabled') === 'true') return;
  const { post, body, on, off } = button.dataset;
  if (button.dataset.switch) {
    const turnOn = button.getAttribute('aria-pressed') !== 'true';
    const text = turnOn ? on : off;
    act(post, text ? JSON.parse(text) : { on: turnOn });
  } else {
    act(post, JSON.parse(body ?? '{}'));
  }
});

/** "name = value", one a line. */
const attributes = (text) => Object.fromEntries(
  text.split('\n').filter((line) => line.includes('=')).map((line) => {
    const [name, ...value] = line.split('=');
    return [name.trim(), value.join('=').trim()];
  }),
);

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const body = {};
  for (const field of event.target.elements) {
    if (!field.name) continue;
    // A number that was left out is NaN here, and null in JSON.
    if (field.type === 'number') body[field.name] = field.valueAsNumber;
    else if (field.type === 'checkbox') body[field.name] = field.checked;
    else if (field.name === 'attributes') body[field.name] = attributes(field.value);
    else body[field.name] = field.value;
  }
  const { form, shape } = event.target.dataset;
  act(form, shape ? { ...SHAPES, ...AMAZON_SHAPES, ...CALL_SHAPES }[shape](body) : body);
});
$('#search').addEventListener('input', () => people().catch(() => undefined));
$('#search-users').addEventListener('input', () => users().catch(() => undefined));

fillErrors($$('select[data-errors]'));
everybody().catch(() => undefined);
look();

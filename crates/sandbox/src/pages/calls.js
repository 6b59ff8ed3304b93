// The section "Calls" of the control page: who reaches Priya and how, a line with its buttons for each contact, what
// happens to the next dial, and what the application did. It decides nothing.

const STAGES = {
  dialling: 'is being dialled', ringingOut: 'rings at the other side', incoming: 'waits as a callback', ringing: 'rings',
  connected: 'is connected', onHold: 'is on hold', afterContactWork: 'is over: after-contact work', missed: 'was missed',
  rejected: 'was rejected', failed: 'failed',
};
const UNANSWERED = { noAnswer: ', not answered', busy: ', engaged' };
const BEGAN = {
  inbound: '', outbound: '', transfer: ', transferred by an agent', queueTransfer: ', transferred to the queue',
  callback: ', asked to be called back', api: ', dialled by the service API',
};
const WITHHELD = ['', 'anonymous', 'sip:anonymous@anonymous.invalid', '+266696687'];

/** The error states of an agent, by the words of Streams, in ordinary words. */
const ERRORS = {
  LineEngagedCustomer: 'the line is engaged', MissedCallCustomer: 'nobody answers', BadAddressCustomer: 'the number does not exist',
  FailedConnectCustomer: 'the other side cannot be reached', FailedConnectAgent: "Priya's own side cannot be reached",
  AgentHungUp: 'Priya hung up too early', MissedCallAgent: 'Priya missed it', LineEngagedAgent: "Priya's line is engaged",
  BadAddressAgent: "Priya's own number does not exist", RealtimeCommunicationError: 'the sound breaks off',
  MultipleCcpWindows: 'the panel is open twice', InvalidLocale: 'the language is unknown', Default: 'no reason', Error: 'an error',
};
const errors = (error) => `${ERRORS[error] ?? 'unknown'} (${error})`;

const RINGS = [
  ['I answer', 'contact/connect'], ['I miss it', 'contact/miss'], ['I reject it', 'contact/reject'],
  ['The caller gives up', 'contact/give-up'], ['It is transferred away', 'contact/transfer-away'],
];
const DIALS = [
  ['They answer', 'call/answer'], ['They do not answer', 'call/no-answer'], ['They are engaged', 'call/busy'], ['I hang up', 'contact/end'],
];
const OVER = [['Clear it', 'contact/clear']];
const CAN = {
  ringing: RINGS, incoming: RINGS, dialling: DIALS, ringingOut: DIALS,
  connected: [['Hold', 'contact/hold'], ['Hang up', 'contact/end'], ['It is transferred away', 'contact/transfer-away']],
  onHold: [['Resume', 'contact/resume'], ['Hang up', 'contact/end'], ['It is transferred away', 'contact/transfer-away']],
  afterContactWork: [['End after-contact work', 'contact/clear']], missed: OVER, rejected: OVER, failed: OVER,
};
const LIVE = ['ringing', 'incoming', 'dialling', 'ringingOut', 'connected', 'onHold'];

const put = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};
const clock = (moment) => new Date(moment).toLocaleTimeString('en-GB');
const element = (name, properties) => Object.assign(document.createElement(name), properties);

/** What each form sends, by its `data-shape`. */
export const CALL_SHAPES = {
  // Who, the way and how hold JSON; a number that is left out is the caller's own.
  ring: ({ who, number, way, how, channel, attributes, flow, beside }) => ({
    channel, ...JSON.parse(who), ...(number.trim() === '' ? {} : { number: number.trim() }), ...JSON.parse(way), ...JSON.parse(how),
    attributes, flow, beside,
  }),
  next: ({ next, seconds, error }) => {
    if (next === '') return null;
    const { kind, ...rest } = JSON.parse(next);
    if (kind === 'late') return { kind, seconds };
    return kind === 'fails' ? { kind, error } : { kind, ...rest };
  },
  error: ({ error }) => error || null,
};

const who = ({ attributes, number }) => {
  if (attributes.callerName) return `${attributes.callerName}${number ? `, ${number}` : ''}`;
  return WITHHELD.includes(number) ? 'An anonymous caller' : number;
};

/** A contact in one sentence. */
export function sentence(contact) {
  const { direction, channel, queue, initiation, dialled, digits, stage, error, unanswered, since } = contact;
  const way = queue.name === null ? 'directly' : `in ${queue.name}`;
  const first = direction === 'outbound' ? `To ${contact.number}, by the rules of ${queue.name ?? "Priya's own queue"}` : `${who(contact)}, ${way}`;
  const more = [
    channel === 'voice' ? '' : ` (${channel})`, BEGAN[initiation], direction === 'inbound' && dialled ? `, dialled ${dialled}` : '',
    digits && `, digits ${digits}`, `: ${STAGES[stage]}`, error ? `, ${errors(error)}` : '', UNANSWERED[unanswered] ?? '',
  ];
  return `${first}${more.join('')}, since ${clock(since)}`;
}

// Lines stay where they are, so that a button keeps the focus while it is used.
const lines = new Map();

function line({ id }) {
  const [words, buttons] = [element('p'), element('div', { className: 'row' })];
  const item = element('li');
  item.append(words, buttons);
  return { id, item, words, buttons, stage: null };
}

function fill(known, stage, act) {
  if (known.stage === stage) return;
  known.stage = stage;
  const { id } = known;
  const buttons = (CAN[stage] ?? []).map(([textContent, path]) => {
    const button = element('button', { textContent });
    button.addEventListener('click', () => act(path, { contact: id }));
    return button;
  });
  if (LIVE.includes(stage)) buttons.push(failing(id, act));
  known.buttons.replaceChildren(...buttons);
}

function failing(contact, act) {
  const select = element('select', { ariaLabel: 'It fails, with this error' });
  select.append(new Option('It fails: …', ''), ...Object.keys(ERRORS).map((error) => new Option(errors(error), error)));
  select.addEventListener('change', () => act('contact/fail', { contact, error: select.value }));
  return select;
}

/** Shows the contacts, a line for each. */
export function showContacts(list, contacts, act) {
  const items = contacts.map((contact) => {
    if (!lines.has(contact.id)) lines.set(contact.id, line(contact));
    const known = lines.get(contact.id);
    put(known.words, sentence(contact));
    fill(known, contact.stage, act);
    return known.item;
  });
  const shown = [...list.children];
  if (items.length !== shown.length || items.some((item, at) => item !== shown[at])) list.replaceChildren(...items);
}

/** Shows who can call: the people of the directory, and the buttons for one of them. */
export function showCallers(select, buttons, people, act) {
  const group = element('optgroup', { label: 'Somebody of Contoso' });
  group.append(...people.map(({ id, name, numbers }) => {
    const option = new Option(numbers.length === 0 ? `${name} (no number)` : `${name}, ${numbers[0]}`, JSON.stringify({ person: id }));
    option.disabled = numbers.length === 0;
    return option;
  }));
  const chosen = select.value;
  select.querySelector('optgroup[label="Somebody of Contoso"]')?.remove();
  select.append(group);
  select.value = chosen;
  const [first] = people.filter(({ numbers }) => numbers.length > 0);
  const calls = first === undefined ? [] : [
    [`${first.name} calls from Teams, directly`, { person: first.id, direct: true, flow: true }],
    [`${first.name} calls Priya's extension, without the flow's attributes`, { person: first.id, direct: true, dialled: '+441632960000' }],
    [`${first.name} meant Priya, and reaches Billing`, { person: first.id, flow: true, fallback: 'no_answer', dialled: '+441632960000' }],
  ];
  const others = [
    ['An anonymous caller in Billing', { anonymous: 'word' }], ['A customer in Billing', {}], ['One more call, beside', { beside: true, number: '+441632960551' }],
    ['A chat, beside', { channel: 'chat', number: 'Web chat', beside: true }], ['A queued callback', { initiation: 'callback' }],
  ];
  buttons.replaceChildren(...[...calls, ...others].map(([textContent, ring]) => {
    const button = element('button', { textContent });
    button.addEventListener('click', () => act('contact/ring', ring));
    return button;
  }));
}

/** The options of every select of errors. */
export function fillErrors(selects) {
  for (const select of selects) select.append(...Object.keys(ERRORS).map((error) => new Option(errors(error), error)));
}

function next(dial) {
  if (dial === null) return 'As usual';
  if (dial.kind === 'refused') return `Is refused: ${dial.why}`;
  if (dial.kind === 'silent') return dial.dials ? 'Is made, and no answer comes' : 'Is not made, and no answer comes';
  return dial.kind === 'late' ? `Is made; the answer comes ${dial.seconds} s later` : `Fails: ${errors(dial.error)}`;
}

/** Calls of a world in words, by the name of the place on the page. */
export function callsIn({ agent, asked, refused }) {
  const of = (kind) => asked.filter((one) => one.kind === kind);
  const did = [
    ['dialled', of('createOutboundContact').map(({ number }) => number)], ['digits', of('sendDigits').map(({ digits }) => digits)],
    ['next status', of('putAgentState').filter((one) => one.next).map(({ status }) => status)],
  ].filter(([, all]) => all.length > 0).map(([what, all]) => `${what}: ${all.join(', ')}`);
  const counts = [['hung up', of('destroyConnection')], ['cleared', of('clearContact')]];
  did.push(...counts.filter(([, all]) => all.length > 0).map(([what, all]) => `${what} ${all.length} times`));
  return {
    'no-contact': agent.contacts.length === 0 ? 'No contact.' : '',
    'next-dial': next(agent.nextDial),
    'agent-error': agent.error === null ? 'None' : errors(agent.error),
    did: did.length === 0 ? 'Nothing yet' : did.join('\n'),
    refused: refused.length === 0 ? 'Nothing yet' : refused.slice(-5).map(({ method, number, why }) => `${method}${number ? ` ${number}` : ''}: ${why || 'no answer'}`).join('\n'),
  };
}

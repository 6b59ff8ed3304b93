// The sections of Amazon on the control page: what their forms send, the account in words, and the users of Connect
// with what can be done to each. It decides nothing.
const OPERATIONS = {
  getCurrentUserData: 'GetCurrentUserData', searchUsers: 'SearchUsers', describeUser: 'DescribeUser',
  listAgentStatuses: 'ListAgentStatuses', putUserStatus: 'PutUserStatus',
};
const STAGES = {
  dialling: 'dialling', ringingOut: 'ringing out', incoming: 'waits as a callback', ringing: 'rings', connected: 'connected', onHold: 'on hold',
  afterContactWork: 'after-contact work', missed: 'missed', rejected: 'rejected', failed: 'failed',
};
const MOVES = [
  ['Log in', 'logIn'], ['Log out', 'logOut'], ['Ring: voice', { ring: 'voice' }], ['Ring: chat', { ring: 'chat' }],
  ['Ring: task', { ring: 'task' }], ['Ring: e-mail', { ring: 'email' }], ['Take it', 'connect'], ['Hold', 'hold'],
  ['Resume', 'resume'], ['End the contact', 'end'], ['Miss it', 'miss'], ['End after-contact work', 'clear'],
];
const UNWILLING = { idpAway: 'cannot reach Entra', idpRejects: 'is refused by Entra', regionDisabled: 'is switched off' };

const put = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};
const words = (text) => text.split(/[\s,]+/).filter(Boolean);

/** What each form sends, by its `data-shape`. */
export const AMAZON_SHAPES = {
  role: ({ name, actions, everyInstance, longest }) => ({ name, actions: words(actions), everyInstance, longest }),
  provider: ({ url, audiences, unwilling }) => ({ url: url.trim() || null, audiences: words(audiences), unwilling: unwilling || null }),
  enable: ({ name, on }) => ({ name, on: on === 'true' }),
};

/** Amazon's side of a world in words, by the name of the place on the page. */
export function amazonIn({ account, quota, reading, statuses }) {
  const { role, provider, sessions } = account;
  const quotas = Object.entries(quota).filter(([, { byOthers, passed, throttled }]) => byOthers + passed + throttled > 0);
  const disabled = statuses.filter(({ enabled }) => !enabled).map(({ name }) => name);
  return {
    role: `${role.name}${role.everyInstance ? ', every instance' : ''}: ${role.actions.map((action) => action.replace('connect:', '')).join(', ') || 'nothing'}`,
    provider: `${provider.url ?? "Entra's own"}, for ${provider.audiences.join(', ') || 'nobody'}${provider.unwilling ? `; STS ${UNWILLING[provider.unwilling]}` : ''}`,
    sessions: `${sessions} so far`,
    quota: quotas.length === 0 ? 'Nothing asked yet' : quotas.map(([name, { byOthers, passed, throttled }]) => `${OPERATIONS[name]}: ${passed} passed, ${throttled} throttled${byOthers > 0 ? `, others take ${byOthers} a second` : ''}`).join('\n'),
    reading: [reading.lateLogins ? 'who has just logged in is missing once' : 'as it is', reading.leavers === 'refused' ? 'a leaver spoils it' : 'a leaver is missing'].join('; '),
    disabled: disabled.length === 0 ? 'None' : disabled.join(', '),
  };
}

// Rows stay where they are, so that a select keeps the focus while it is used.
const rows = new Map();

function row({ id, name, username, agent }, act) {
  const line = document.createElement('tr');
  const cell = (...parts) => {
    const cell = document.createElement('td');
    cell.append(...parts);
    line.append(cell);
    return cell;
  };
  cell(name);
  cell(username);
  const [contacts, status] = [cell(), cell()];
  const select = document.createElement('select');
  select.setAttribute('aria-label', `Move ${name} in Connect`);
  select.addEventListener('change', async () => {
    const { path, body } = JSON.parse(select.value);
    select.value = '';
    await act(path, body);
  });
  cell(...(agent ? ['Above'] : [select]));
  return { id, line, status, contacts, select, choices: '' };
}

function choices(known, statuses) {
  const { id, select } = known;
  const names = statuses.filter(({ enabled }) => enabled).map(({ name }) => name);
  if (known.choices === names.join('\n')) return;
  known.choices = names.join('\n');
  const move = (text, how) => new Option(text, JSON.stringify({ path: 'amazon/move', body: { id, how } }));
  const leave = (text, left) => new Option(text, JSON.stringify({ path: 'amazon/leave', body: { id, left } }));
  const group = Object.assign(document.createElement('optgroup'), { label: 'Chooses' });
  group.append(...names.map((name) => move(name, { status: name })));
  select.replaceChildren(
    new Option('Move', ''), move('As usual', 'asUsual'), ...MOVES.map(([text, how]) => move(text, how)), group,
    leave('Leaves', true), leave('Is there again', false),
  );
}

const state = ({ left, status, next, moved }) => (left ? 'Has left' : `${status ?? 'Logged out'}${next ? `, then ${next}` : ''}${moved ? ' (by hand)' : ''}`);

/** Shows the users of Connect. */
export function showUsers(body, users, statuses, act) {
  const lines = users.map((user) => {
    if (!rows.has(user.id)) rows.set(user.id, row(user, act));
    const known = rows.get(user.id);
    choices(known, statuses);
    put(known.status, state(user));
    put(known.contacts, user.contacts.map(({ channel, stage }) => `${channel} ${STAGES[stage]}`).join(', '));
    return known.line;
  });
  const shown = [...body.children];
  if (lines.length !== shown.length || lines.some((line, at) => line !== shown[at])) body.replaceChildren(...lines);
}

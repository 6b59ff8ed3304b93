// docs/streams.md, row by row: that it has every name of the library and no other, that each test it names exists, and
// that each row is what happens, with the real library over a CCP of our own.
import { readdirSync, readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Message } from '../src/ccp/message';
import { AVAILABLE, call, fakeCcp, IDLE, LUNCH, OFFLINE, type FakeAgent } from './fakeCcp';

type Ccp = Awaited<ReturnType<typeof fakeCcp>>;
let ccp: Ccp;

// The library asks its frame again and again, and loads it again: not in these tests.
vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });

beforeAll(async () => {
  ccp = await fakeCcp();
  ccp.say('acknowledge', { id: 'port' });
});

afterAll(() => {
  vi.useRealTimers();
});

/** The titles of the tests below, with the name that each of them plays. */
const played: [name: string, title: string][] = [];

function row(name: string, title: string, test: () => Promise<void>) {
  played.push([name, title]);
  it(title, test);
}

function rows(names: string[], title: string, test: (name: string) => Promise<void>) {
  for (const name of names) played.push([name, title]);
  it.each(names)(`${title} (%s)`, test);
}

/** A page that said this agent, and nothing after it. */
async function settled(agent: FakeAgent = IDLE) {
  ccp.say('acknowledge', { id: 'port' });
  ccp.become(agent);
  await ccp.said();
}

/** What is said when the agent goes from one to the other, which makes the library fire this event. */
async function plays(event: string, from: FakeAgent, to: FakeAgent): Promise<Message[]> {
  await settled(from);
  const fired = ccp.fired([event], () => {
    ccp.become(to);
  });
  expect([...fired]).toEqual([event]);
  return ccp.said();
}

const state = (changes: object) => [expect.objectContaining({ kind: 'state', ...changes }) as unknown];
const inState = (word: string) => state({ contacts: [expect.objectContaining({ state: word }) as unknown] });
const covered = (name: string, type: string): FakeAgent => ({
  ...IDLE,
  state: { name, type, agentStateARN: null },
});
const withCall = (word: string): FakeAgent => ({ ...IDLE, contacts: [call(word)] });

describe('agent events', () => {
  row('agent::init', 'the first snapshot names the agent and says the state', async () => {
    const fired = ccp.fired(['agent::init'], () => {
      ccp.become(IDLE);
    });
    expect([...fired]).toEqual(['agent::init']);
    expect((await ccp.said()).map(({ kind }) => kind)).toEqual(['hostReady', 'agent', 'state']);
  });

  row('agent::update', 'a snapshot without news is not said', async () => {
    expect(await plays('agent::update', IDLE, IDLE)).toEqual([]);
  });

  row('agent::refresh', 'a snapshot with news is said once', async () => {
    expect(await plays('agent::refresh', IDLE, withCall('connecting'))).toEqual(inState('connecting'));
  });

  row('agent::routable', 'a routable state is said', async () => {
    const said = await plays('agent::routable', { ...IDLE, chosen: LUNCH }, IDLE);
    expect(said).toEqual(state({ chosen: { arn: 'arn:available', name: 'Available' } }));
  });

  row('agent::not_routable', 'a custom status is said', async () => {
    const said = await plays('agent::not_routable', IDLE, { ...IDLE, chosen: LUNCH });
    expect(said).toEqual(state({ chosen: { arn: 'arn:lunch', name: 'Lunch' } }));
  });

  row('agent::offline', 'an offline status is said', async () => {
    const said = await plays('agent::offline', IDLE, { ...IDLE, chosen: OFFLINE });
    expect(said).toEqual(state({ chosen: { arn: 'arn:offline', name: 'Offline' } }));
  });

  row('agent::state_change', 'a change of the name alone says nothing', async () => {
    expect(await plays('agent::state_change', IDLE, covered('Busy', 'system'))).toEqual([]);
  });

  row('agent::acw', 'after contact work is said of its contact', async () => {
    const ended = { ...covered('AfterCallWork', 'system'), contacts: [call('ended')] };
    expect(await plays('agent::acw', withCall('connected'), ended)).toEqual(inState('ended'));
  });

  row('agent::error', 'an error state is said by its name', async () => {
    const said = await plays('agent::error', IDLE, covered('LineEngagedCustomer', 'error'));
    expect(said).toEqual(state({ error: 'LineEngagedCustomer' }));
  });

  row('agent::enqueued_next_state', 'a queued status is said', async () => {
    const on = withCall('connected');
    const said = await plays('agent::enqueued_next_state', on, { ...on, next: LUNCH });
    expect(said).toEqual(state({ next: { arn: 'arn:lunch', name: 'Lunch' } }));
  });

  row('agent::cleared_next_state', 'a queued status that is taken back is said', async () => {
    const on = withCall('connected');
    expect(await plays('agent::cleared_next_state', { ...on, next: LUNCH }, on)).toEqual(state({ next: null }));
  });

  const socket = async (event: string) => {
    await settled();
    ccp.say(event);
    expect(await ccp.said()).toEqual([]);
    ccp.order({ op: 'ping', id: 7 });
    return ccp.said();
  };

  row('agent::websocket_connection_lost', 'a lost web socket is said when the page is asked', async () => {
    expect(await socket('agent::websocket_connection_lost')).toMatchObject([{ kind: 'alive', socket: false }]);
  });

  row('agent::websocket_connection_gained', 'a web socket that is back is said when the page is asked', async () => {
    expect(await socket('agent::websocket_connection_gained')).toMatchObject([{ kind: 'alive', socket: true }]);
  });

  rows(
    [
      'agent::pending',
      'agent::contact_pending',
      'agent::softphone_error',
      'agent::mute_toggle',
      'agent::local_media_stream_created',
      'agent::fetch_agent_data_from_ccp',
    ],
    'agent events that are not ours mean nothing',
    async (event) => {
      await settled();
      ccp.say(event, {});
      expect(await ccp.said()).toEqual([]);
    },
  );
});

describe('contact events', () => {
  row('contact::init', 'a new contact is said', async () => {
    const said = await plays('contact::init', IDLE, withCall('connecting'));
    expect(said).toEqual(
      state({
        contacts: [
          {
            id: 'c1',
            type: 'voice',
            state: 'connecting',
            stateMs: expect.any(Number) as number,
            inbound: true,
            onHold: false,
            number: '+441632960001',
            attributes: { callerName: 'Grace Holloway' },
            queue: { arn: 'arn:aws:connect:eu-west-2:000000000000:instance/i/queue/q', name: 'Billing' },
            dialled: '+441632960777',
            transferred: false,
          },
        ],
      }),
    );
  });

  row('contact::refresh', 'a contact that is the same is not said', async () => {
    expect(await plays('contact::refresh', withCall('connected'), withCall('connected'))).toEqual([]);
  });

  row('contact::destroyed', 'a contact that is gone is not said any more', async () => {
    expect(await plays('contact::destroyed', withCall('ended'), IDLE)).toEqual(state({ contacts: [] }));
  });

  for (const [event, from, to] of [
    ['incoming', null, 'incoming'],
    ['pending', 'incoming', 'pending'],
    ['connecting', null, 'connecting'],
    ['connected', 'connecting', 'connected'],
    ['missed', 'connecting', 'missed'],
    ['acw', 'connected', 'ended'],
    ['ended', 'connected', 'ended'],
    ['error', 'connecting', 'error'],
  ] as const) {
    const name = `contact::${event}`;
    row(name, `${name} is said as the state of the contact`, async () => {
      expect(await plays(name, from ? withCall(from) : IDLE, withCall(to))).toEqual(inState(to));
    });
  }

  rows(
    [
      'contact::accepted',
      'contact::view',
      'contact::invalid_state_transition',
      'contact::screen_sharing_started',
      'contact::screen_sharing_stopped',
      'contact::screen_sharing_error',
    ],
    'contact events that are not ours mean nothing',
    async (event) => {
      await settled(withCall('connected'));
      ccp.say(event, { contactId: 'c1' });
      expect(await ccp.said()).toEqual([]);
    },
  );
});

const CONTACT_STATES = [
  'init',
  'incoming',
  'pending',
  'connecting',
  'connected',
  'paused',
  'missed',
  'rejected',
  'error',
  'ended',
];

describe('contact states', () => {
  for (const word of CONTACT_STATES) {
    row(word, `a contact in ${word} is said so`, async () => {
      await settled();
      ccp.become(withCall(word));
      expect(await ccp.said()).toEqual(inState(word));
    });
  }
});

describe('agent error states', () => {
  for (const name of [
    'Error',
    'AgentHungUp',
    'BadAddressAgent',
    'BadAddressCustomer',
    'Default',
    'FailedConnectAgent',
    'FailedConnectCustomer',
    'InvalidLocale',
    'LineEngagedAgent',
    'LineEngagedCustomer',
    'MissedCallAgent',
    'MissedCallCustomer',
    'MultipleCcpWindows',
    'RealtimeCommunicationError',
  ]) {
    row(name, `the error state ${name} is said`, async () => {
      expect(await plays('agent::error', IDLE, covered(name, 'error'))).toEqual(state({ error: name }));
    });
  }
});

describe('types of agent states', () => {
  for (const type of ['init', 'routable', 'not_routable', 'offline', 'system']) {
    row(type, `a state of type ${type} is no error`, async () => {
      await settled(covered('MissedCallAgent', 'error'));
      ccp.become(covered('Anything', type));
      expect(await ccp.said()).toEqual(state({ error: null }));
    });
  }
  row('error', 'a state of type error is one', async () => {
    await settled();
    ccp.become(covered('Anything', 'error'));
    expect(await ccp.said()).toEqual(state({ error: 'Anything' }));
  });
});

describe('system states', () => {
  for (const name of [
    'Init',
    'Busy',
    'AfterCallWork',
    'CallingCustomer',
    'Dialing',
    'Joining',
    'PendingAvailable',
    'PendingBusy',
  ]) {
    row(name, `the system state ${name} changes nothing`, async () => {
      await settled();
      ccp.become(covered(name, 'system'));
      expect(await ccp.said()).toEqual([]);
      ccp.order({ op: 'resend' });
      const said = await ccp.said();
      expect(said[1]).toMatchObject({ chosen: { arn: AVAILABLE.agentStateARN }, error: null });
    });
  }
});

describe('events that end or threaten a session', () => {
  row('acknowledge', 'an acknowledgement is a sign of life', async () => {
    await settled();
    ccp.trigger('ack_timeout');
    await ccp.said();
    ccp.say('acknowledge', { id: 'port' });
    expect((await ccp.said()).map(({ kind }) => kind)).toEqual(['agent', 'state']);
    ccp.order({ op: 'ping', id: 8 });
    expect(await ccp.said()).toMatchObject([{ kind: 'alive', ackMs: expect.any(Number) as number }]);
  });

  const ends: [event: string, message: Message][] = [
    ['ack_timeout', { kind: 'ackTimeout' }],
    ['iframe_retries_exhausted', { kind: 'retriesExhausted' }],
    ['auth_fail', { kind: 'loginNeeded' }],
    ['terminated', { kind: 'terminated' }],
    ['access_denied', { kind: 'stopped', code: 'accessDenied' }],
    ['authorize_retries_exhausted', { kind: 'stopped', code: 'authorizeRetriesExhausted' }],
    ['cti_authorize_retries_exhausted', { kind: 'stopped', code: 'ctiAuthorizeRetriesExhausted' }],
    ['webSocket::init_failure', { kind: 'stopped', code: 'initFailure' }],
  ];
  for (const [event, message] of ends) {
    row(event, `${event} is said`, async () => {
      await settled();
      ccp.trigger(event);
      expect(await ccp.said()).toEqual([message]);
      ccp.order({ op: 'hangUp', id: 9, contact: 'c1' });
      expect(await ccp.said()).toMatchObject([{ kind: 'reply', error: { code: 'noAgent' } }]);
    });
  }
});

describe('docs/streams.md', () => {
  const text = readFileSync('../docs/streams.md', 'utf8');
  let names: Record<string, string[]>;

  beforeEach(() => {
    const { library } = ccp;
    const all = (list: Record<string, string>) => Object.values(list);
    names = {
      'Agent events': all(library.AgentEvents),
      'Contact events': all(library.ContactEvents),
      'Contact states': all(library.ContactStateType),
      'Agent error states': all(library.AgentErrorStates),
      'Types of agent states': all(library.AgentStateType),
      'System states': all(library.AgentAvailStates),
    };
  });

  /** The rows of the table under this heading: the name, and the tests that are named. */
  function table(heading: string): { name: string; tests: string[] }[] {
    const part = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
    return part.split('\n').flatMap((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const name = /^`(.+)`$/.exec(cells[1] ?? '')?.[1];
      return name === undefined ? [] : [{ name, tests: (cells.at(-2) ?? '').split('; ') }];
    });
  }
  const sessions = 'Events that end or threaten a session';
  const headings = [
    'Agent events',
    'Contact events',
    'Contact states',
    'Agent error states',
    'Types of agent states',
    'System states',
    sessions,
  ];

  it.each(headings.slice(0, -1))('has a row for every name of the library and no other: %s', (heading) => {
    expect(
      table(heading)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names[heading]?.toSorted());
  });

  it('has every other event of the library, once', () => {
    const { EventType, WebSocketEvents } = ccp.library;
    const others = text.split('\n## Other events of the library\n')[1]?.split('\n\n')[0] ?? '';
    const listed = [...others.matchAll(/`(.+?)`/g)].map(([, name]) => name ?? '');
    const found = [...listed, ...table(sessions).map(({ name }) => name)];
    expect(found.sort()).toEqual([...Object.values(EventType), ...Object.values(WebSocketEvents)].sort());
  });

  it('names tests that exist, and every test of this file that plays a row', () => {
    const folders = ['../crates/connect/tests', '../crates/app/src/machine/call/tests'];
    const rust = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.rs'))
        .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
    );
    const isRust = (test: string) => /^[a-z]+(_[a-z]+)+$/.test(test);
    const named = headings.flatMap((heading) =>
      table(heading).flatMap(({ name, tests }) => tests.map((test): [string, string] => [name, test])),
    );
    for (const [name, test] of named) {
      if (isRust(test))
        expect(
          rust.some((file) => file.includes(`fn ${test}(`)),
          `${name}: ${test}`,
        ).toBe(true);
    }
    const words = named.filter(([, test]) => !isRust(test)).map((row) => row.join(': '));
    expect(words.sort()).toEqual(played.map((row) => row.join(': ')).sort());
  });
});

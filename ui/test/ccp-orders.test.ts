import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { failure } from '../src/ccp/failure';
import type { Message } from '../src/ccp/message';
import type { Order } from '../src/ccp/orders';
import { Session } from '../src/ccp/session';
import type { Agent, Callbacks } from '../src/ccp/streams';
import { agent, agentChosen, AVAILABLE, connection, contact, library, LUNCH, START, type Facts } from './streams';

const BREAK = { agentStateARN: 'arn:break', name: 'Break', type: 'not_routable' };

/** A page whose agent is known: what is sent after that, and the stamp of its state. */
async function page(changes: Partial<Facts> = {}) {
  const setState = vi.fn<Agent['setState']>();
  const connect = vi.fn<Agent['connect']>();
  const facts: Partial<Facts> = { setState, connect, ...changes };
  // Streams hands out one agent, which always knows the latest.
  const live = new Proxy(agent(), { get: (_, name): unknown => Reflect.get(agent(facts), name) });
  const sent: Message[] = [];
  const talk = new Session(library, (message) => sent.push(message));
  talk.changed(live);
  await Promise.resolve();
  const state = sent.find((message) => message.kind === 'state');
  sent.length = 0;
  return {
    talk,
    sent,
    stamp: state?.stamp ?? 0,
    become: (now: Partial<Facts>) => Object.assign(facts, now),
    kinds: () => sent.map(({ kind }) => kind),
    setState,
    connect,
  };
}

const done = (id: number): Message => ({ kind: 'reply', id, error: null });
const stale = (id: number): Message => ({ kind: 'reply', id, error: { code: 'stale', text: '' } });

function callbacks(mock: { mock: { calls: unknown[][] } }, index: number): Callbacks {
  return mock.mock.calls[0]?.[index] as Callbacks;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('orders', () => {
  it('choose a status at once, or as the next one', async () => {
    for (const next of [false, true]) {
      const { talk, sent, stamp, setState } = await page();
      talk.order({ op: 'setStatus', id: 1, arn: 'arn:lunch', next, stamp });
      expect(setState).toHaveBeenCalledExactlyOnceWith(LUNCH, expect.anything(), { enqueueNextState: next });
      expect(sent).toEqual([]);
      callbacks(setState, 1).success();
      expect(sent).toEqual([done(1)]);
    }
  });

  it('choose no status that the agent does not have', async () => {
    const { talk, sent, stamp, setState } = await page();
    talk.order({ op: 'setStatus', id: 1, arn: 'arn:gone', next: false, stamp });
    expect(setState).not.toHaveBeenCalled();
    expect(sent).toEqual([stale(1)]);
  });

  it('clear the next status by queueing the routable one', async () => {
    const { talk, sent, stamp, setState } = await page({ next: LUNCH, contacts: [contact('connected')] });
    talk.order({ op: 'clearNext', id: 2, stamp });
    expect(setState).toHaveBeenCalledExactlyOnceWith(AVAILABLE, expect.anything(), { enqueueNextState: true });
    callbacks(setState, 1).success();
    expect(sent).toEqual([done(2)]);
  });

  it('clear nothing if that would make the agent routable', async () => {
    for (const facts of [{ contacts: [contact('connected')] }, { next: LUNCH }, {}]) {
      const { talk, sent, stamp, setState } = await page(facts);
      talk.order({ op: 'clearNext', id: 2, stamp });
      expect(setState).not.toHaveBeenCalled();
      expect(sent).toEqual([stale(2)]);
    }
  });

  it('dial on the default outbound queue, or on a named one, and wait ten seconds', async () => {
    for (const queue of [null, 'arn:queue']) {
      const { talk, sent, stamp, connect } = await page();
      talk.order({ op: 'dial', id: 3, number: '+441632960009', queue, stamp });
      const [endpoint, options] = connect.mock.calls[0] ?? [];
      expect(endpoint?.stripPhoneNumber()).toBe('+441632960009');
      expect(options?.timeout).toBe(10_000);
      expect(options && 'queueARN' in options ? options.queueARN : null).toBe(queue);
      options?.success();
      expect(sent).toEqual([done(3)]);
    }
  });

  it('hang up on the agent’s own side of the call', async () => {
    const destroy = vi.fn<(callbacks: Callbacks) => void>();
    const other = connection({ destroy: () => expect.unreachable('the other side is not ours to end') });
    const { talk, sent } = await page({
      contacts: [
        contact('connected', {
          getAgentConnection: () => connection({ destroy }),
          getInitialConnection: () => other,
        }),
      ],
    });
    talk.order({ op: 'hangUp', id: 4, contact: 'contact-1' });
    callbacks(destroy, 0).success();
    expect(sent).toEqual([done(4)]);
  });

  it('send digits to the other side of the call', async () => {
    const sendDigits = vi.fn<(digits: string, callbacks: Callbacks) => void>();
    const { talk, sent } = await page({
      contacts: [contact('connected', { getInitialConnection: () => connection({ sendDigits }) })],
    });
    talk.order({ op: 'sendDigits', id: 5, contact: 'contact-1', digits: '4000' });
    expect(sendDigits).toHaveBeenCalledExactlyOnceWith('4000', expect.anything());
    callbacks(sendDigits, 1).success();
    expect(sent).toEqual([done(5)]);
  });

  it('clear a missed call', async () => {
    for (const state of ['missed', 'rejected', 'error']) {
      const clear = vi.fn<(callbacks: Callbacks) => void>();
      const { talk, sent } = await page({ contacts: [contact(state, { clear })] });
      talk.order({ op: 'clearContact', id: 6, contact: 'contact-1' });
      expect(sent).toEqual([]);
      callbacks(clear, 0).success();
      expect(sent).toEqual([done(6)]);
    }
  });

  it('clear no contact that is live, in after contact work, not a call, gone, or in an unknown state', async () => {
    const never = { clear: () => expect.unreachable('this is not to be cleared') };
    const states = ['init', 'incoming', 'pending', 'connecting', 'connected', 'paused', 'ended', 'acw', 'new'];
    const cases = [
      [],
      [contact('missed', { ...never, getContactId: () => 'other' })],
      [contact('missed', { ...never, getType: () => 'chat' })],
      ...states.map((state) => [contact(state, never)]),
    ];
    for (const contacts of cases) {
      const { talk, sent } = await page({ contacts });
      talk.order({ op: 'clearContact', id: 6, contact: 'contact-1' });
      expect(sent).toEqual([stale(6)]);
    }
  });

  it('wait at most ten seconds for a contact to be cleared', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const clear = vi.fn<(callbacks: Callbacks) => void>();
    const { talk, sent } = await page({ contacts: [contact('missed', { clear })] });
    talk.order({ op: 'clearContact', id: 6, contact: 'contact-1' });
    vi.advanceTimersByTime(9999);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([{ kind: 'reply', id: 6, error: { code: 'timedOut', text: '' } }]);
    callbacks(clear, 0).success();
    expect(sent).toHaveLength(1);
  });

  it('are refused without a queue in the routing profile, unless a queue is named', async () => {
    const { talk, sent, stamp, connect } = await page({ queue: null });
    talk.order({ op: 'dial', id: 3, number: '+441632960009', queue: null, stamp });
    expect(sent).toEqual([{ kind: 'reply', id: 3, error: { code: 'noQueue', text: '' } }]);
    expect(connect).not.toHaveBeenCalled();
    talk.order({ op: 'dial', id: 4, number: '+441632960009', queue: 'arn:queue', stamp });
    expect(connect).toHaveBeenCalledOnce();
  });

  it('change no contact that is gone, that lacks this connection, or that is not a call', async () => {
    const cases = [
      [],
      [contact('connected', { getContactId: () => 'other' })],
      [contact('connected', { getType: () => 'chat' })],
      [contact('connected', { getAgentConnection: () => undefined, getInitialConnection: () => null })],
    ];
    for (const contacts of cases) {
      const { talk, sent } = await page({ contacts });
      talk.order({ op: 'hangUp', id: 6, contact: 'contact-1' });
      talk.order({ op: 'sendDigits', id: 7, contact: 'contact-1', digits: '1' });
      expect(sent).toEqual([stale(6), stale(7)]);
    }
  });
});

describe('an order for an older state', () => {
  const stamped = (stamp: number): Order[] => [
    { op: 'setStatus', id: 1, arn: 'arn:lunch', next: false, stamp },
    { op: 'clearNext', id: 1, stamp },
    { op: 'dial', id: 1, number: '+441632960009', queue: null, stamp },
  ];
  const changes: [string, Partial<Facts>][] = [
    ['a contact rings', { contacts: [contact('connecting')] }],
    ['another status was chosen', { chosen: { state: 'Available', timeStamp: new Date(START) } }],
    ['the same status was chosen anew', { chosen: { ...agentChosen, timeStamp: new Date(START + 1) } }],
    ['a next status was queued', { next: LUNCH }],
    ['the statuses are others', { statuses: [AVAILABLE, LUNCH, BREAK] }],
  ];

  it.each(changes)('is refused as stale, after the state was reported: %s', async (_, change) => {
    for (const index of [0, 1, 2]) {
      const { talk, sent, stamp, become, setState, connect } = await page();
      become(change);
      for (const order of stamped(stamp).slice(index, index + 1)) talk.order(order);
      expect(sent.at(-1)).toEqual(stale(1));
      const reported = sent.at(-2);
      expect(reported?.kind === 'state' ? reported.stamp : 0).toBeGreaterThan(stamp);
      expect(setState).not.toHaveBeenCalled();
      expect(connect).not.toHaveBeenCalled();
    }
  });

  it('is refused if only the stamp differs, and accepted with the new stamp', async () => {
    for (const off of [-1, 1]) {
      const { talk, sent, stamp, setState, kinds } = await page();
      talk.order({ op: 'setStatus', id: 1, arn: 'arn:lunch', next: false, stamp: stamp + off });
      expect(kinds()).toEqual(['agent', 'state', 'reply']);
      expect(setState).not.toHaveBeenCalled();
      const reported = sent.find((message) => message.kind === 'state');
      talk.order({ op: 'setStatus', id: 2, arn: 'arn:lunch', next: false, stamp: reported?.stamp ?? 0 });
      expect(setState).toHaveBeenCalledOnce();
    }
  });

  it('is refused without a state while Streams does not know the chosen status', async () => {
    const { talk, stamp, become, kinds } = await page();
    become({ chosen: null });
    talk.order({ op: 'setStatus', id: 1, arn: 'arn:lunch', next: false, stamp });
    expect(kinds()).toEqual(['agent', 'reply']);
  });

  it('finds no agent before the first one, and none after a problem', async () => {
    const noAgent: Message = { kind: 'reply', id: 8, error: { code: 'noAgent', text: '' } };
    const sent: Message[] = [];
    new Session(library, (message) => sent.push(message)).order({ op: 'hangUp', id: 8, contact: 'contact-1' });
    expect(sent).toEqual([noAgent]);

    const troubled = await page({ contacts: [contact('connected')] });
    troubled.talk.trouble('ackTimeout');
    troubled.talk.order({ op: 'setStatus', id: 8, arn: 'arn:lunch', next: true, stamp: troubled.stamp });
    expect(troubled.sent).toEqual([{ kind: 'ackTimeout' }, noAgent]);
    expect(troubled.setState).not.toHaveBeenCalled();
  });
});

describe('answers', () => {
  it('are sent once, whatever Streams calls', async () => {
    const { talk, sent, stamp, setState } = await page();
    talk.order({ op: 'setStatus', id: 1, arn: 'arn:lunch', next: false, stamp });
    const answer = callbacks(setState, 1);
    answer.success();
    answer.failure('late');
    answer.success();
    expect(sent).toEqual([done(1)]);
  });

  it('are sent even if Streams throws', async () => {
    const { talk, sent, stamp } = await page({
      connect: () => {
        throw new TypeError("reading 'queueARN'");
      },
    });
    talk.order({ op: 'dial', id: 3, number: '+441632960009', queue: null, stamp });
    expect(sent).toEqual([{ kind: 'reply', id: 3, error: { code: 'refused', text: "reading 'queueARN'" } }]);
  });

  it('have the failure of the service', async () => {
    const { talk, sent, stamp, setState } = await page();
    talk.order({ op: 'setStatus', id: 1, arn: 'arn:lunch', next: false, stamp });
    callbacks(setState, 1).failure({ type: 'InvalidStateException', message: 'The agent is on a contact.' });
    expect(sent).toEqual([{ kind: 'reply', id: 1, error: { code: 'wrongState', text: 'The agent is on a contact.' } }]);
  });
});

describe('failures', () => {
  it.each([
    [{ type: 'BadEndpointException', message: 'Not a number.' }, 'badNumber', 'Not a number.'],
    ['{"type":"BadEndpointException","message":"Not a number."}', 'badNumber', 'Not a number.'],
    ['BadEndpointException', 'badNumber', 'BadEndpointException'],
    [{ type: 'QuotaExceededException' }, 'limit', 'QuotaExceededException'],
    [{ type: 'NewException', message: 'Something else.' }, 'refused', 'NewException: Something else.'],
    [{ type: 'toString', message: 'Odd.' }, 'refused', 'toString: Odd.'],
    [{ type: 'NewException', statusCode: 429 }, 'limit', 'NewException'],
    [{ message: 'Gone.', statusCode: 401 }, 'loggedOut', 'Gone.'],
    ['null', 'refused', 'null'],
    ['Something else', 'refused', 'Something else'],
    [undefined, 'refused', ''],
    [{ message: 'The queue timed out' }, 'refused', 'The queue timed out'],
    [new Error('Agent.connect timed out after 10000 ms'), 'timedOut', 'Agent.connect timed out after … ms'],
  ])('are read in each form: %o', (error, code, text) => {
    expect(failure(error)).toEqual({ code, text });
  });

  it.each([
    ['DestinationNotAllowedException', 'numberNotAllowed'],
    ['OutboundContactNotPermittedException', 'notAllowed'],
    ['AccessDeniedException', 'notAllowed'],
    ['InvalidStateException', 'wrongState'],
    ['ConflictException', 'wrongState'],
    ['LimitExceededException', 'limit'],
    ['ServiceQuotaExceededException', 'limit'],
    ['ThrottlingException', 'limit'],
    ['TooManyRequestsException', 'limit'],
    ['UnauthorizedException', 'loggedOut'],
    ['RefreshTokenExpiredException', 'loggedOut'],
    ['InvalidParameterException', 'invalid'],
    ['InvalidRequestException', 'invalid'],
    ['ValidationException', 'invalid'],
    ['InvalidAgentARNException', 'invalid'],
    ['InvalidConfigurationException', 'invalid'],
    ['InvalidContactTypeException', 'invalid'],
    ['ResourceNotFoundException', 'notFound'],
    ['ContactNotFoundException', 'notFound'],
    ['InternalServiceException', 'unavailable'],
    ['SendDataFailedException', 'unavailable'],
    ['NetworkingError', 'unavailable'],
    ['TimeoutError', 'timedOut'],
  ])('have a code for %s', (type, code) => {
    expect(failure(JSON.stringify({ type, message: 'Because.' }))).toEqual({ code, text: 'Because.' });
  });

  it('contain no number', () => {
    const said = failure({ message: 'Invalid: +44 (0)1632 960-009 in ABC.' });
    expect(said.text).toBe('Invalid: … in ABC.');
  });

  it('have at most 200 characters, and no digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (message) => {
        const { text } = failure({ type: 'InvalidStateException', message });
        expect(Array.from(text).length).toBeLessThanOrEqual(200);
        expect(text).not.toMatch(/\p{N}/u);
      }),
    );
  });
});

// The messages and orders that the tests of Rust read too: crates/connect/tests/wire.
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { failure, NO_AGENT, NO_QUEUE, STALE, type WireFailure } from '../src/ccp/failure';
import { agentMessage, read, stateMessage, type Message, type WireContact } from '../src/ccp/message';
import type { Order } from '../src/ccp/orders';
import { Session } from '../src/ccp/session';
import type { Agent, Callbacks, Contact } from '../src/ccp/streams';
import { agent, connection, contact, library, START } from './streams';

const WIRE = '../crates/connect/tests/wire';

function files<T>(folder: string): [string, T][] {
  return readdirSync(`${WIRE}/${folder}`).map((name) => [
    name.replace('.json', ''),
    JSON.parse(readFileSync(`${WIRE}/${folder}/${name}`, 'utf8')) as T,
  ]);
}

type Of<K extends Message['kind']> = Extract<Message, { kind: K }>;

/** An agent of Streams for whom the page sends this message. */
function agentOf(message: Of<'agent'>): Agent {
  const statuses = message.statuses.map(({ arn, name, type }) => ({ agentStateARN: arn, name, type }));
  const permissions = message.outbound ? ['outboundCall'] : [];
  return {
    ...agent({ statuses, permissions, countries: message.countries }),
    getName: () => message.name,
    getConfiguration: () => ({ username: message.username }),
    isSoftphoneEnabled: () => message.softphone,
  };
}

function contactOf(wire: WireContact): Contact {
  if (wire.type === 'unknown') {
    const throws = () => {
      throw new TypeError('no data');
    };
    return contact('', { getContactId: () => wire.id, getState: throws });
  }
  const other = connection({
    isOnHold: () => wire.onHold,
    getEndpoint: () => ({ stripPhoneNumber: () => wire.number ?? '' }),
  });
  return contact('', {
    getContactId: () => wire.id,
    getType: () => wire.type,
    getState: () => ({ type: wire.state, timestamp: new Date(START - wire.stateMs) }),
    isInbound: () => wire.inbound,
    getInitialConnection: () => other,
    getInitiationMethod: () => (wire.transferred ? 'queue_transfer' : 'inbound'),
    getQueue: () => wire.queue && { queueARN: wire.queue.arn, name: wire.queue.name },
    getConnectSystemEndpoint: () => ({ phoneNumber: wire.dialled ?? null }),
    getAttributes: () => attributesOf(wire),
  });
}

/** The attributes as the flow sets them, with one that must not leave the page. */
function attributesOf({ attributes }: WireContact) {
  const all: [string, string][] = [...Object.entries(attributes ?? {}), ['account', 'private']];
  return Object.fromEntries(all.map(([name, value]) => [name, { name, value }] as const));
}

function stateOf(message: Of<'state'>): Agent {
  const { chosen, next, error } = message;
  return agent({
    ...(error === null ? {} : { state: { agentStateARN: null, name: error, type: 'error' } }),
    chosen: { state: chosen.name, agentStateARN: chosen.arn, timeStamp: new Date(START - message.chosenMs) },
    next: next && { agentStateARN: next.arn || null, name: next.name, type: 'not_routable' },
    contacts: message.contacts.map(contactOf),
  });
}

/** The message that the page sends in the situation of `message`. */
function sentFor(message: Message): Message | null {
  switch (message.kind) {
    case 'agent':
      return agentMessage(agentOf(message));
    case 'state': {
      const reading = read(stateOf(message), () => undefined);
      return reading && stateMessage(reading, message.stamp, message.ageMs, START);
    }
    case 'reply':
      return { kind: 'reply', id: message.id, error: message.error && failureOf(message.error) };
    case 'hostReady':
      return { kind: 'hostReady' };
    case 'stopped':
      return firstSent((session) => {
        session.stopped(message.code);
      });
    case 'alive':
      return firstSent((session) => {
        session.order({ op: 'ping', id: message.id });
      });
    case 'loginNeeded':
    case 'ackTimeout':
    case 'retriesExhausted':
    case 'terminated': {
      const trouble = message.kind;
      return firstSent((session) => {
        session.trouble(trouble);
      });
    }
  }
}

function firstSent(act: (session: Session) => void): Message | null {
  const sent: Message[] = [];
  act(new Session(library, (message) => sent.push(message)));
  return sent[0] ?? null;
}

function failureOf({ code, text }: WireFailure): WireFailure {
  switch (code) {
    case 'stale':
      return STALE;
    case 'noAgent':
      return NO_AGENT;
    case 'noQueue':
      return NO_QUEUE;
    case 'badNumber':
      return failure({ type: 'BadEndpointException', message: text });
    case 'numberNotAllowed':
      return failure({ type: 'DestinationNotAllowedException', message: text });
    case 'wrongState':
      return failure({ type: 'InvalidStateException', message: text });
    case 'limit':
      return failure({ type: 'QuotaExceededException', message: text });
    case 'notAllowed':
      return failure({ type: 'AccessDeniedException', message: text });
    case 'loggedOut':
      return failure({ type: 'UnauthorizedException', message: text });
    case 'invalid':
      return failure({ type: 'ValidationException', message: text });
    case 'notFound':
      return failure({ type: 'ResourceNotFoundException', message: text });
    case 'unavailable':
      return failure({ type: 'InternalServiceException', message: text });
    case 'timedOut':
      return failure(new Error(text.replace('…', '10000')));
    case 'refused':
      return failure({ message: text });
  }
}

/** The type of each value: `alive` is derived from the moment. */
const form = (message: Message | null) => Object.keys(message ?? {}).sort();

describe('the page', () => {
  it.each(files<{ message: Message }>('messages'))('sends %s as Rust reads it', (_, { message }) => {
    if (message.kind === 'alive') expect(form(sentFor(message))).toEqual(form(message));
    else expect(sentFor(message)).toEqual(message);
  });

  it('has a file for every kind of message', () => {
    const kinds: Record<Message['kind'], true> = {
      hostReady: true,
      agent: true,
      state: true,
      alive: true,
      loginNeeded: true,
      ackTimeout: true,
      retriesExhausted: true,
      terminated: true,
      stopped: true,
      reply: true,
    };
    const found = new Set(files<{ message: Message }>('messages').map(([, { message }]) => message.kind));
    expect([...found].sort()).toEqual(Object.keys(kinds).sort());
  });

  it('has a file for every failure', () => {
    const codes: Record<WireFailure['code'], true> = {
      stale: true,
      noAgent: true,
      badNumber: true,
      numberNotAllowed: true,
      wrongState: true,
      limit: true,
      notAllowed: true,
      loggedOut: true,
      invalid: true,
      noQueue: true,
      notFound: true,
      unavailable: true,
      timedOut: true,
      refused: true,
    };
    const found = files<{ message: Message }>('messages').flatMap(([, { message }]) =>
      message.kind === 'reply' && message.error ? [message.error.code] : [],
    );
    expect(found.sort()).toEqual(Object.keys(codes).sort());
  });
});

describe('an order', () => {
  it.each(files<{ order: Order; answers: Message['kind'][] }>('orders'))(
    'to %s is understood and answered',
    async (_, { order, answers }) => {
      const done = (callbacks: Callbacks) => {
        callbacks.success();
      };
      const own = connection({
        destroy: done,
        sendDigits: (_, callbacks) => {
          done(callbacks);
        },
      });
      const lunch = { agentStateARN: 'arn:lunch', name: 'Lunch', type: 'not_routable' };
      const live = contact('connected', {
        getContactId: () => 'c1',
        getAgentConnection: () => own,
        getInitialConnection: () => own,
      });
      const missed = contact('missed', { getContactId: () => 'c2', clear: done });
      const facts = agent({
        next: lunch,
        contacts: [live, missed],
        setState: (_, callbacks) => {
          done(callbacks);
        },
        connect: (_, options) => {
          done(options);
        },
      });
      const sent: Message[] = [];
      const session = new Session(library, (message) => sent.push(message));
      session.changed(facts);
      await Promise.resolve();
      const stamp = sent.find((message) => message.kind === 'state')?.stamp ?? 0;
      sent.length = 0;
      session.order('stamp' in order ? { ...order, stamp } : order);
      expect(sent.map(({ kind }) => kind)).toEqual(answers);
      const [answer] = sent;
      const id = 'id' in order ? order.id : null;
      if (answer?.kind === 'reply') expect(answer).toEqual({ kind: 'reply', id, error: null });
      if (answer?.kind === 'alive') expect(answer.id).toBe(id);
    },
  );

  it('has a file for every kind of order', () => {
    const ops: Record<Order['op'], true> = {
      ping: true,
      resend: true,
      setStatus: true,
      clearNext: true,
      dial: true,
      hangUp: true,
      sendDigits: true,
      clearContact: true,
    };
    const found = new Set(files<{ order: Order }>('orders').map(([, { order }]) => order.op));
    expect([...found].sort()).toEqual(Object.keys(ops).sort());
  });
});

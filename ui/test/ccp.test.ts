import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { agentMessage, read, stateMessage, type Message } from '../src/ccp/message';
import { Session } from '../src/ccp/session';
import type { Agent, Contact, Status } from '../src/ccp/streams';

const AVAILABLE: Status = { agentStateARN: 'arn:available', name: 'Available', type: 'routable' };
const LUNCH: Status = { agentStateARN: 'arn:lunch', name: 'Lunch', type: 'not_routable' };
const START = Date.parse('2026-11-23T14:00:00Z');

interface Facts {
  chosen: ReturnType<Agent['getAvailabilityState']>;
  next: Status | null;
  contacts: Contact[];
  statuses: Status[];
}

function agent(changes: Partial<Facts> = {}): Agent {
  const facts: Facts = {
    chosen: { state: 'Lunch', agentStateARN: 'arn:lunch', timeStamp: new Date(START) },
    next: null,
    contacts: [],
    statuses: [AVAILABLE, LUNCH],
    ...changes,
  };
  return {
    getName: () => 'Priya Raman',
    getConfiguration: () => ({ username: 'priya.raman' }),
    getAgentStates: () => facts.statuses,
    getAvailabilityState: () => facts.chosen,
    getNextState: () => facts.next,
    getContacts: () => facts.contacts,
    onRefresh: () => undefined,
  };
}

function contact(state: string, changes: Partial<Contact> = {}): Contact {
  return {
    getContactId: () => 'contact-1',
    getType: () => 'voice',
    getState: () => ({ type: state, timestamp: new Date(START + 1000) }),
    isInbound: () => true,
    getInitialConnection: () => ({ isOnHold: () => false }),
    ...changes,
  };
}

function state(given: Agent, now: number): Message | null {
  const reading = read(given);
  return reading && stateMessage(reading, now);
}

describe('messages', () => {
  it('tell who the agent is and what can be chosen', () => {
    const unnamed: Status = { agentStateARN: null, name: 'Init', type: 'init' };
    expect(agentMessage(agent({ statuses: [AVAILABLE, unnamed] }))).toEqual({
      kind: 'agent',
      username: 'priya.raman',
      name: 'Priya Raman',
      statuses: [{ arn: 'arn:available', name: 'Available', type: 'routable' }],
    });
  });

  it('tell the chosen status, the queued one and every contact, with durations', () => {
    const held = contact('connected', { getInitialConnection: () => ({ isOnHold: () => true }) });
    expect(state(agent({ next: AVAILABLE, contacts: [held] }), START + 5000)).toEqual({
      kind: 'state',
      chosen: 'arn:lunch',
      chosenMs: 5000,
      next: 'arn:available',
      contacts: [{ id: 'contact-1', type: 'voice', state: 'connected', stateMs: 4000, inbound: true, onHold: true }],
    });
  });

  it('find the chosen status by its name where Streams gives no ARN', () => {
    const chosen = { state: 'Available', timeStamp: new Date(START) };
    expect(state(agent({ chosen }), START)).toMatchObject({ chosen: 'arn:available' });
  });

  it('tell nothing while the chosen status is not known', () => {
    expect(read(agent({ chosen: null }))).toBeNull();
    expect(read(agent({ chosen: { state: 'Gone', timeStamp: new Date(START) } }))).toBeNull();
  });

  it('take a contact without a connection for one that came in', () => {
    const early = contact('incoming', {
      getInitialConnection: () => null,
      isInbound: () => {
        throw new TypeError('no connection');
      },
    });
    expect(state(agent({ contacts: [early] }), START)).toMatchObject({
      contacts: [{ inbound: true, onHold: false }],
    });
  });

  it('tell a task, on whose connection Streams throws', () => {
    const throws = () => {
      throw new TypeError("reading 'create'");
    };
    const task = contact('connected', { getType: () => 'task', getInitialConnection: throws, isInbound: throws });
    expect(state(agent({ contacts: [task] }), START)).toMatchObject({
      contacts: [{ type: 'task', inbound: true, onHold: false }],
    });
  });

  it('never carry a duration that is negative, broken or not whole', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true }), fc.constantFrom(START, Number.NaN), (now, at) => {
        const message = state(agent({ chosen: { ...agentChosen, timeStamp: new Date(at) } }), now);
        const ms = message?.kind === 'state' ? message.chosenMs : -1;
        expect(Number.isInteger(ms) && ms >= 0).toBe(true);
      }),
    );
  });
});

const agentChosen = { state: 'Lunch', agentStateARN: 'arn:lunch' };

describe('the session', () => {
  function session() {
    const sent: Message[] = [];
    const talk = new Session({ getSkew: () => 0 }, (message) => sent.push(message));
    const kinds = () => sent.splice(0).map(({ kind }) => kind);
    return { talk, sent, kinds };
  }
  const turn = () => Promise.resolve();

  it('says who and how once, however often Streams refreshes', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    talk.changed(agent());
    await turn();
    talk.changed(agent());
    await turn();
    expect(kinds()).toEqual(['agent', 'state']);
  });

  it('says a change once, with what came in the same turn', async () => {
    const { talk, sent, kinds } = session();
    const live = agent({ contacts: [contact('connected')] });
    talk.changed(agent());
    await turn();
    kinds();
    talk.changed(live);
    talk.changed(live);
    await turn();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ kind: 'state', contacts: [{ state: 'connected' }] });
  });

  it('says that the same status was chosen anew', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    await turn();
    kinds();
    talk.changed(agent({ chosen: { ...agentChosen, timeStamp: new Date(START + 60_000) } }));
    await turn();
    expect(kinds()).toEqual(['state']);
  });

  it('says everything again after a trouble', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    await turn();
    talk.trouble('ackTimeout');
    talk.changed(agent());
    await turn();
    expect(kinds()).toEqual(['agent', 'state', 'ackTimeout', 'agent', 'state']);
  });

  it('reports on order, and says so', async () => {
    const { talk, sent } = session();
    talk.changed(agent());
    await turn();
    sent.length = 0;
    talk.order({ op: 'report', id: 7 });
    expect(sent.map(({ kind }) => kind)).toEqual(['agent', 'state', 'reply']);
    expect(sent.at(-1)).toEqual({ kind: 'reply', id: 7, error: null });
  });

  it('cannot report before there is an agent', () => {
    const { talk, sent } = session();
    talk.order({ op: 'report', id: 7 });
    expect(sent).toEqual([{ kind: 'reply', id: 7, error: 'Streams has no agent yet.' }]);
  });
});

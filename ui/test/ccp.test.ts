import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { agentMessage, read, stateMessage, type Message } from '../src/ccp/message';
import { Session } from '../src/ccp/session';
import type { Agent, Status } from '../src/ccp/streams';
import { agent, agentChosen, AVAILABLE, connection, contact, library, START } from './streams';

function state(given: Agent, now: number): Message | null {
  const reading = read(given, () => undefined);
  return reading && stateMessage(reading, 7, 250, now);
}

const whole = (given: Agent) => read(given, (error) => expect.unreachable(String(error)));

describe('messages', () => {
  it('contain the agent and the statuses that can be chosen', () => {
    const unnamed: Status = { agentStateARN: null, name: 'Init', type: 'init' };
    expect(agentMessage(agent({ statuses: [AVAILABLE, unnamed] }))).toEqual({
      kind: 'agent',
      username: 'priya.raman',
      name: 'Priya Raman',
      statuses: [{ arn: 'arn:available', name: 'Available', type: 'routable' }],
      outbound: true,
      countries: ['gb', 'de'],
      softphone: true,
    });
  });

  it('contain no right to call and no country while Streams does not know them', () => {
    const early = agent({ permissions: undefined, countries: undefined });
    expect(agentMessage(early)).toMatchObject({ outbound: false, countries: [] });
    expect(agentMessage(agent({ permissions: ['other'] }))).toMatchObject({ outbound: false });
  });

  it('contain the chosen status, the next one and every contact, with durations', () => {
    const held = contact('connected', { getInitialConnection: () => connection({ isOnHold: () => true }) });
    expect(state(agent({ next: AVAILABLE, contacts: [held] }), START + 5000)).toEqual({
      kind: 'state',
      stamp: 7,
      ageMs: 250,
      chosen: { arn: 'arn:lunch', name: 'Lunch' },
      chosenMs: 5000,
      next: { arn: 'arn:available', name: 'Available' },
      error: null,
      contacts: [
        {
          id: 'contact-1',
          type: 'voice',
          state: 'connected',
          stateMs: 4000,
          inbound: true,
          onHold: true,
          number: '+441632960001',
          attributes: null,
          queue: null,
          dialled: null,
          transferred: false,
        },
      ],
    });
  });

  it('contain the number of a call only, and not one that is too long', () => {
    const numbered = (type: string, number: string) =>
      contact('connected', {
        getType: () => type,
        getInitialConnection: () => connection({ getEndpoint: () => ({ stripPhoneNumber: () => number }) }),
      });
    const contacts = [
      numbered('voice', '+441632960002'),
      numbered('queue_callback', '+441632960003'),
      numbered('chat', '+441632960004'),
      numbered('voice', ''),
      numbered('voice', '1'.repeat(65)),
    ];
    const message = state(agent({ contacts }), START);
    const numbers = message?.kind === 'state' ? message.contacts.map(({ number }) => number) : [];
    expect(numbers).toEqual(['+441632960002', '+441632960003', null, null, null]);
  });

  it('find the chosen status by its name if Streams gives no ARN', () => {
    const chosen = { state: 'Available', timeStamp: new Date(START) };
    expect(state(agent({ chosen }), START)).toMatchObject({ chosen: { arn: 'arn:available' } });
  });

  it('find a chosen status that was disabled since by the current state', () => {
    const old: Status = { agentStateARN: 'arn:old', name: 'Old', type: 'not_routable' };
    const chosen = { state: 'Old', timeStamp: new Date(START) };
    expect(state(agent({ chosen, state: old }), START)).toMatchObject({ chosen: { arn: 'arn:old', name: 'Old' } });
    const busy: Status = { agentStateARN: null, name: 'Busy', type: 'system' };
    expect(whole(agent({ chosen, state: busy }))).toBeNull();
  });

  it('are not sent while the chosen status is unknown', () => {
    expect(whole(agent({ chosen: null }))).toBeNull();
    expect(whole(agent({ chosen: { state: 'Gone', timeStamp: new Date(START) } }))).toBeNull();
  });

  it('report a contact without a connection as inbound', () => {
    const early = contact('incoming', {
      getInitialConnection: () => null,
      isInbound: () => {
        throw new TypeError('no connection');
      },
    });
    expect(state(agent({ contacts: [early] }), START)).toMatchObject({
      contacts: [{ inbound: true, onHold: false, number: null }],
    });
  });

  it('contain a task, on whose connection Streams throws', () => {
    const throws = () => {
      throw new TypeError("reading 'create'");
    };
    const task = contact('connected', { getType: () => 'task', getInitialConnection: throws, isInbound: throws });
    expect(state(agent({ contacts: [task] }), START)).toMatchObject({
      contacts: [{ type: 'task', inbound: true, onHold: false }],
    });
  });

  it('never contain a duration that is negative, invalid or not whole', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true }), fc.constantFrom(START, Number.NaN), (now, at) => {
        const message = state(agent({ chosen: { ...agentChosen, timeStamp: new Date(at) } }), now);
        const ms = message?.kind === 'state' ? message.chosenMs : -1;
        expect(Number.isInteger(ms) && ms >= 0).toBe(true);
      }),
    );
  });
});

describe('the session', () => {
  function session() {
    const sent: Message[] = [];
    const talk = new Session(library, (message) => sent.push(message));
    const kinds = () => sent.splice(0).map(({ kind }) => kind);
    return { talk, sent, kinds };
  }
  const turn = () => Promise.resolve();

  it('reports the agent and the state once, however often Streams refreshes', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    talk.changed(agent());
    await turn();
    talk.changed(agent());
    await turn();
    expect(kinds()).toEqual(['agent', 'state']);
  });

  it('reports the changes of one turn once', async () => {
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

  it('reports that the same status was chosen again', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    await turn();
    kinds();
    talk.changed(agent({ chosen: { ...agentChosen, timeStamp: new Date(START + 60_000) } }));
    await turn();
    expect(kinds()).toEqual(['state']);
  });

  it('reports everything again after a problem', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    await turn();
    talk.trouble('ackTimeout');
    talk.changed(agent());
    await turn();
    expect(kinds()).toEqual(['agent', 'state', 'ackTimeout', 'agent', 'state']);
  });

  it('gives every state a higher stamp, also on a later page', async () => {
    const { talk, sent } = session();
    talk.changed(agent());
    await turn();
    talk.changed(agent({ next: AVAILABLE }));
    await turn();
    const stamps = sent.flatMap((message) => (message.kind === 'state' ? [message.stamp] : []));
    expect(stamps).toHaveLength(2);
    expect(stamps[1]).toBeGreaterThan(Number(stamps[0]));
    expect(stamps[0]).toBeGreaterThan(Date.parse('2026-01-01'));
  });

  it('reports no agent that became unknown by a problem in the same turn', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    talk.trouble('terminated');
    await turn();
    expect(kinds()).toEqual(['terminated']);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Life } from '../src/ccp/life';
import type { Message } from '../src/ccp/message';
import { Session } from '../src/ccp/session';
import { agent, agentChosen, contact, library, START } from './streams';

const turn = () => Promise.resolve();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: START });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('ages', () => {
  it('grow with the time, and restart with a new snapshot', () => {
    const life = new Life();
    expect([life.ackMs(), life.snapshotMs(null)]).toEqual([null, null]);
    life.acknowledged();
    expect(life.snapshotMs(START - 200)).toBe(200);
    vi.advanceTimersByTime(30_000);
    expect([life.ackMs(), life.snapshotMs(START - 200)]).toEqual([30_000, 30_200]);
    expect(life.snapshotMs(START + 30_000)).toBe(0);
  });

  it('are those of the last snapshot while Streams has no time stamp', () => {
    const life = new Life();
    life.snapshotMs(START);
    vi.advanceTimersByTime(5000);
    for (const odd of [undefined, null, 'now', Number.NaN]) expect(life.snapshotMs(odd)).toBe(5000);
  });

  it('do not shrink when the clock is set back', () => {
    const life = new Life();
    life.acknowledged();
    life.snapshotMs(START);
    vi.advanceTimersByTime(40_000);
    vi.setSystemTime(START - 3_600_000);
    expect([life.ackMs(), life.snapshotMs(START)]).toEqual([40_000, 40_000]);
  });

  it('include the time that the machine slept, in which the monotonic clock may have stopped', () => {
    const life = new Life();
    life.acknowledged();
    life.snapshotMs(START);
    vi.setSystemTime(START + 3_600_000);
    expect([life.ackMs(), life.snapshotMs(START)]).toEqual([3_600_000, 3_600_000]);
  });
});

describe('a code', () => {
  it('has the place and the kind of the error, and not its message', () => {
    const life = new Life();
    life.threw('contact', new TypeError('Priya Raman, +44 1632 960000'));
    expect(life.broken).toBe('contact:TypeError');
    life.threw('state', '+44 1632 960000');
    expect(life.broken).toBe('state:string');
    life.threw('agent', Object.assign(new Error('x'), { name: 'Call from +44 1632 960000' }));
    expect(life.broken).toBe('agent:Callfrom');
  });
});

describe('a question', () => {
  function session(core: Partial<(typeof library)['core']> = {}) {
    const sent: Message[] = [];
    const streams = { ...library, core: { getSkew: () => 0, getLocalTimestamp: (): unknown => START, ...core } };
    const talk = new Session(streams, (message) => sent.push(message));
    const ask = (id: number) => {
      sent.length = 0;
      talk.order({ op: 'ping', id });
      expect(sent).toHaveLength(1);
      return sent[0];
    };
    return { talk, sent, ask };
  }

  it('is answered in the same turn, with the stamp of the last state and the ages', async () => {
    const { talk, sent, ask } = session();
    talk.changed(agent());
    await turn();
    const state = sent.find((message) => message.kind === 'state');
    talk.acknowledged();
    talk.socket(true);
    vi.advanceTimersByTime(1200);
    expect(ask(7)).toEqual({
      kind: 'alive',
      id: 7,
      stamp: state?.stamp,
      snapshotMs: 1200,
      ackMs: 1200,
      online: true,
      socket: true,
      broken: null,
    });
  });

  it('is answered before Streams knows anything', () => {
    const { ask } = session({
      getLocalTimestamp: () => {
        throw new TypeError("reading 'snapshot'");
      },
    });
    const nothing = { stamp: null, snapshotMs: null, ackMs: null, socket: null, broken: null };
    expect(ask(1)).toMatchObject(nothing);
  });

  it('is answered without a stamp once the state is no longer known', async () => {
    for (const lose of ['trouble', 'chosen', 'throws'] as const) {
      const { talk, ask } = session();
      talk.changed(agent());
      await turn();
      expect(ask(1)).toMatchObject({ stamp: expect.any(Number) as number });
      const throws = () => {
        throw new TypeError('reading contacts');
      };
      if (lose === 'trouble') talk.trouble('ackTimeout');
      if (lose === 'chosen') talk.changed(agent({ chosen: null }));
      if (lose === 'throws') talk.changed({ ...agent(), getContacts: throws });
      await turn();
      expect(ask(2)).toMatchObject({ stamp: null, broken: lose === 'throws' ? 'state:TypeError' : null });
    }
  });

  it('is answered with the code of the last error', async () => {
    const { talk, ask } = session();
    const unreadable = contact('connected', {
      getState: () => {
        throw new RangeError('+44 1632 960000');
      },
    });
    talk.changed(agent({ contacts: [unreadable] }));
    await turn();
    expect(ask(3)).toMatchObject({ broken: 'contact:RangeError' });
  });
});

describe('the reported state', () => {
  function session() {
    const sent: Message[] = [];
    const talk = new Session(library, (message) => sent.push(message));
    const kinds = () => sent.splice(0).map(({ kind }) => kind);
    return { talk, sent, kinds };
  }

  it('has every contact, also beside one that cannot be read', async () => {
    const { talk, sent } = session();
    const throws = () => {
      throw new TypeError('no data');
    };
    const contacts = [
      contact('connected', { getState: throws }),
      contact('connected', { getContactId: throws, getType: throws }),
      contact('connected', { getContactId: () => 'contact-3' }),
    ];
    const chosen = { ...agentChosen, timeStamp: new Date(START) };
    talk.changed(agent({ chosen, contacts }));
    await turn();
    const unknown = { type: 'unknown', state: 'unknown', stateMs: 0 };
    expect(sent[1]).toMatchObject({
      kind: 'state',
      contacts: [
        { id: 'contact-1', ...unknown },
        { id: '', ...unknown },
        { id: 'contact-3', type: 'voice', state: 'connected' },
      ],
    });
    talk.changed(agent({ chosen, contacts }));
    await turn();
    expect(sent).toHaveLength(2);
  });

  it('is sent even if the agent cannot be read', async () => {
    const { talk, kinds } = session();
    const throws = () => {
      throw new TypeError('no configuration');
    };
    talk.changed({ ...agent(), getConfiguration: throws });
    await turn();
    expect(kinds()).toEqual(['state']);
  });

  it('is sent again on request', async () => {
    const { talk, kinds } = session();
    talk.order({ op: 'resend' });
    expect(kinds()).toEqual([]);
    talk.changed(agent());
    await turn();
    kinds();
    talk.order({ op: 'resend' });
    expect(kinds()).toEqual(['agent', 'state']);
  });

  it('is valid again when a silent frame answers, but not after a missing login', async () => {
    const { talk, kinds } = session();
    talk.changed(agent());
    await turn();
    talk.trouble('ackTimeout');
    talk.trouble('ackTimeout');
    kinds();
    talk.acknowledged();
    await turn();
    expect(kinds()).toEqual(['agent', 'state']);
    talk.acknowledged();
    await turn();
    talk.trouble('ackTimeout');
    talk.trouble('loginNeeded');
    kinds();
    talk.acknowledged();
    await turn();
    expect(kinds()).toEqual([]);
  });

  it('ends when Streams stops reading', async () => {
    const { talk, sent } = session();
    talk.changed(agent());
    await turn();
    sent.length = 0;
    talk.stopped('accessDenied');
    talk.acknowledged();
    talk.order({ op: 'hangUp', id: 1, contact: 'contact-1' });
    await turn();
    expect(sent).toEqual([
      { kind: 'stopped', code: 'accessDenied' },
      { kind: 'reply', id: 1, error: { code: 'noAgent', text: '' } },
    ]);
  });
});

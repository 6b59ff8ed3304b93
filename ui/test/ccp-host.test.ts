// The host script in its page: with which options it starts Streams, and what it hears.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Message } from '../src/ccp/message';
import type { Order } from '../src/ccp/orders';
import type { Agent } from '../src/ccp/streams';
import { agent } from './streams';

const CCP = `${location.origin}/ccp-v2/`;

let sent: Message[];
let heard: Map<string, () => void>;
let options: Record<string, unknown>;
let found: (agent: Agent) => void;
let authFail: () => void;
let level: unknown;
let frame: HTMLIFrameElement;

function tell(event: string) {
  heard.get(event)?.();
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  sent = [];
  heard = new Map();
  const types = [
    'ACKNOWLEDGE',
    'ACK_TIMEOUT',
    'TERMINATED',
    'IFRAME_RETRIES_EXHAUSTED',
    'ACCESS_DENIED',
    'AUTHORIZE_RETRIES_EXHAUSTED',
    'CTI_AUTHORIZE_RETRIES_EXHAUSTED',
  ];
  vi.stubGlobal('CONFIG', { ccpUrl: CCP, token: 'a token' });
  vi.stubGlobal('connect', {
    agent: (callback: typeof found) => {
      found = callback;
    },
    core: {
      initCCP: (container: HTMLElement, given: typeof options) => {
        options = given;
        frame = document.createElement('iframe');
        container.append(frame);
      },
      onAuthFail: (callback: () => void) => {
        authFail = callback;
      },
      getSkew: () => 0,
      getLocalTimestamp: () => Date.now(),
      getEventBus: () => ({
        subscribe: (event: string, callback: () => void) => {
          if (heard.has(event) || event === 'undefined') throw new Error(`${event} is heard twice`);
          heard.set(event, callback);
        },
      }),
    },
    Endpoint: {},
    getLog: () => ({
      setEchoLevel: (given: unknown) => {
        level = given;
      },
    }),
    EventType: Object.fromEntries(types.map((type) => [type, type])),
    AgentEvents: { WEBSOCKET_CONNECTION_LOST: 'LOST', WEBSOCKET_CONNECTION_GAINED: 'GAINED' },
    WebSocketEvents: { INIT_FAILURE: 'INIT_FAILURE' },
    LogLevel: { CRITICAL: 'critical' },
  });
  vi.stubGlobal('__TAURI_INTERNALS__', {
    invoke: (command: string, { token, message }: { token: string; message: string }) => {
      expect([command, token]).toEqual(['ccp_event', 'a token']);
      sent.push(JSON.parse(message) as Message);
      return Promise.resolve();
    },
  });
  vi.resetModules();
  // A page has it for good; the next test is the next page.
  const define = Object.defineProperty.bind(Object);
  const removable = vi.spyOn(Object, 'defineProperty').mockImplementation((target, name, given) => {
    return define(target, name, name === '__ccp' ? { ...given, configurable: true } : given);
  });
  await import('../src/ccp/host');
  removable.mockRestore();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(window, '__ccp');
});

describe('the host script', () => {
  it('starts Streams without media, popups or a log, and so that a silent frame is reported', () => {
    expect(options).toEqual({
      ccpUrl: CCP,
      loginPopup: false,
      loginOptions: { enableAckTimeout: true },
      ccpLoadTimeout: 20_000,
      ccpSynTimeout: 10_000,
      ccpAckTimeout: 5000,
      softphone: { allowFramedSoftphone: false, disableRingtone: true },
      pageOptions: { showInactivityModal: false },
    });
    expect(level).toBe('critical');
    expect(sent).toEqual([{ kind: 'hostReady' }]);
  });

  it.each([
    ['ACK_TIMEOUT', { kind: 'ackTimeout' }],
    ['TERMINATED', { kind: 'terminated' }],
    ['IFRAME_RETRIES_EXHAUSTED', { kind: 'retriesExhausted' }],
    ['ACCESS_DENIED', { kind: 'stopped', code: 'accessDenied' }],
    ['AUTHORIZE_RETRIES_EXHAUSTED', { kind: 'stopped', code: 'authorizeRetriesExhausted' }],
    ['CTI_AUTHORIZE_RETRIES_EXHAUSTED', { kind: 'stopped', code: 'ctiAuthorizeRetriesExhausted' }],
    ['INIT_FAILURE', { kind: 'stopped', code: 'initFailure' }],
  ])('reports %s', (event, message) => {
    tell(event);
    expect(sent.at(-1)).toEqual(message);
  });

  it('reports a missing login', () => {
    authFail();
    expect(sent.at(-1)).toEqual({ kind: 'loginNeeded' });
  });

  it('answers a ping with what Streams reported', () => {
    const order = Reflect.get(window, '__ccp') as (order: Order) => void;
    order({ op: 'ping', id: 1 });
    expect(sent.at(-1)).toMatchObject({ kind: 'alive', id: 1, ackMs: null, socket: null });
    tell('ACKNOWLEDGE');
    tell('GAINED');
    order({ op: 'ping', id: 2 });
    expect(sent.at(-1)).toMatchObject({ id: 2, ackMs: expect.any(Number) as number, socket: true });
    tell('LOST');
    order({ op: 'ping', id: 3 });
    expect(sent.at(-1)).toMatchObject({ id: 3, socket: false });
  });

  it('reports the agent of Streams, and again after a refresh', async () => {
    let refresh: (agent: Agent) => void = () => expect.unreachable('nobody listens');
    const known = {
      ...agent(),
      onRefresh: (callback: typeof refresh) => {
        refresh = callback;
      },
    };
    found(known);
    await Promise.resolve();
    refresh({ ...known, getName: () => 'Priya R.' });
    await Promise.resolve();
    expect(sent.map(({ kind }) => kind)).toEqual(['hostReady', 'agent', 'state', 'agent']);
  });

  it('notices a login page in the frame, unless that redirects back', () => {
    const shows = (path: string) => {
      const contentWindow = { location: { href: `${location.origin}${path}` } };
      Object.defineProperty(frame, 'contentWindow', { value: contentWindow, configurable: true });
      frame.dispatchEvent(new Event('load'));
    };
    shows('/connect/login');
    shows('/ccp-v2/');
    vi.advanceTimersByTime(5000);
    expect(sent).toEqual([{ kind: 'hostReady' }]);
    shows('/connect/login');
    vi.advanceTimersByTime(5000);
    expect(sent.at(-1)).toEqual({ kind: 'loginNeeded' });
    tell('IFRAME_RETRIES_EXHAUSTED');
    expect(sent.at(-1)).toEqual({ kind: 'loginNeeded' });
  });
});

describe('Streams', () => {
  it('has every event that the script subscribes to', async () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    const { readFileSync } = await import('node:fs');
    const released = readFileSync('node_modules/amazon-connect-streams/release/connect-streams.js', 'utf8');
    const named = (list: string) => released.slice(released.indexOf(list)).slice(0, 2000);
    for (const event of heard.keys()) {
      const list = { LOST: 'var AgentEvents', GAINED: 'var AgentEvents', INIT_FAILURE: 'var WebSocketEvents' }[event];
      const word = { LOST: 'websocket_connection_lost', GAINED: 'websocket_connection_gained' }[event];
      expect(named(list ?? 'var EventType')).toMatch(new RegExp(`['"]${word ?? event.toLowerCase()}['"]`));
    }
  });
});

// The untouched Streams library in a page of our own, with the host script, over a CCP that says what a test wants: the
// far side of `amazon-connect-streams` in one function. One for each test file: both are there for good.
import { readFileSync } from 'node:fs';

import type { Message } from '../src/ccp/message';
import type { Order } from '../src/ccp/orders';

/** The global of the library, as far as tests look at it. */
export interface Library {
  AgentEvents: Record<string, string>;
  ContactEvents: Record<string, string>;
  EventType: Record<string, string>;
  WebSocketEvents: Record<string, string>;
  ContactStateType: Record<string, string>;
  AgentErrorStates: Record<string, string>;
  AgentAvailStates: Record<string, string>;
  AgentStateType: Record<string, string>;
  core: {
    getEventBus(): {
      trigger(event: string, data?: unknown): void;
      subscribe(event: string, callback: () => void): { unsubscribe(): void };
    };
  };
}

export interface FakeState {
  name: string;
  type: string;
  agentStateARN: string | null;
}

export interface FakeContact {
  contactId: string;
  type: string;
  state: string;
  direction: 'inbound' | 'outbound';
}

export const BEGAN = new Date('2026-11-23T14:00:00Z');
export const AVAILABLE: FakeState = { name: 'Available', type: 'routable', agentStateARN: 'arn:available' };
export const LUNCH: FakeState = { name: 'Lunch', type: 'not_routable', agentStateARN: 'arn:lunch' };
export const OFFLINE: FakeState = { name: 'Offline', type: 'offline', agentStateARN: 'arn:offline' };

export interface FakeAgent {
  chosen: FakeState;
  /** What covers the chosen status, if anything does. */
  state: FakeState | null;
  next: FakeState | null;
  contacts: FakeContact[];
}

export const IDLE: FakeAgent = { chosen: AVAILABLE, state: null, next: null, contacts: [] };

export function call(state: string, changes: Partial<FakeContact> = {}): FakeContact {
  return { contactId: 'c1', type: 'voice', state, direction: 'inbound', ...changes };
}

function contactData({ contactId, type, state, direction }: FakeContact) {
  const moment = { type: state, timestamp: BEGAN };
  const line = (kind: string, initial: boolean) => ({
    connectionId: `${contactId}-${kind}`,
    endpoint: { type: 'phone_number', phoneNumber: '+441632960001' },
    state: { type: 'connected', timestamp: BEGAN },
    type: kind,
    initial,
  });
  return {
    contactId,
    type,
    state: moment,
    status: moment,
    initiationMethod: direction,
    queue: { queueARN: 'arn:aws:connect:eu-west-2:000000000000:instance/i/queue/q', name: 'Billing' },
    connectSystemEndpoint: { type: 'phone_number', phoneNumber: '+441632960777' },
    attributes: { callerName: { name: 'callerName', value: 'Grace Holloway' } },
    connections: [line('agent', false), line(direction, true)],
  };
}

/** Loads the library and the host script. */
export async function fakeCcp() {
  const code = readFileSync('node_modules/amazon-connect-streams/release/connect-streams.js', 'utf8');
  // As in the window: one script of the page, which leaves a global.
  (0, eval)(code);
  const library = Reflect.get(globalThis, 'connect') as Library;
  const sent: Message[] = [];
  const invoke = (_: string, { message }: { message: string }) => {
    sent.push(JSON.parse(message) as Message);
    return Promise.resolve();
  };
  // For good: a global that is stubbed is gone after one test.
  Object.assign(globalThis, {
    CONFIG: { ccpUrl: `${location.origin}/ccp-v2/`, token: 'a token' },
    __TAURI_INTERNALS__: { invoke },
  });
  await import('../src/ccp/host');
  const frame = document.querySelector('iframe');

  /** The frame says this; a frame that is loaded again is another one. */
  const say = (event: string, data?: unknown) => {
    const source = (document.querySelector('iframe') ?? frame)?.contentWindow ?? null;
    window.dispatchEvent(new MessageEvent('message', { data: { event, data }, source }));
  };
  const bus = () => library.core.getEventBus();

  return {
    library,
    say,
    trigger: (event: string) => {
      bus().trigger(event);
    },
    /** The events that the library fires meanwhile, of those that are asked about. */
    fired: (events: string[], during: () => void) => {
      const found = new Set<string>();
      const subscriptions = events.map((event) => bus().subscribe(event, () => found.add(event)));
      during();
      for (const subscription of subscriptions) subscription.unsubscribe();
      return found;
    },
    /** The agent becomes like this. */
    become: (agent: FakeAgent) => {
      const state = { ...(agent.state ?? agent.chosen), startTimestamp: BEGAN };
      const now = Date.now();
      const snapshot = {
        state,
        status: state,
        agentAvailabilityState: {
          state: agent.chosen.name,
          agentStateARN: agent.chosen.agentStateARN,
          timeStamp: BEGAN,
        },
        nextState: agent.next,
        contacts: agent.contacts.map(contactData),
        snapshotTimestamp: new Date(now),
        localTimestamp: now,
        skew: 0,
      };
      const configuration = {
        username: 'priya.raman',
        name: 'Priya Raman',
        agentStates: [AVAILABLE, LUNCH, OFFLINE],
        permissions: ['outboundCall'],
        dialableCountries: ['gb'],
        softphoneEnabled: true,
        agentARN: 'arn:aws:connect:eu-west-2:000000000000:instance/i/agent/u',
        routingProfile: {
          name: 'Billing',
          defaultOutboundQueue: { queueARN: 'arn:outbound', name: 'Outbound' },
          queues: [{ queueARN: 'arn:aws:connect:eu-west-2:000000000000:instance/i/queue/agent/u', name: null }],
        },
      };
      say('agent::update', { snapshot, configuration });
    },
    /** What the page said since the last time, in this turn. */
    said: async () => {
      await Promise.resolve();
      return sent.splice(0);
    },
    order: (order: Order) => {
      (Reflect.get(window, '__ccp') as (order: Order) => void)(order);
    },
  };
}

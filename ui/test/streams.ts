// Objects in the shape of amazon-connect-streams, for the tests of the CCP window's script.
import type { Agent, Connection, Contact, Queue, Status } from '../src/ccp/streams';

export const AVAILABLE: Status = { agentStateARN: 'arn:available', name: 'Available', type: 'routable' };
export const LUNCH: Status = { agentStateARN: 'arn:lunch', name: 'Lunch', type: 'not_routable' };
export const START = Date.parse('2026-11-23T14:00:00Z');
export const agentChosen = { state: 'Lunch', agentStateARN: 'arn:lunch' };

export interface Facts {
  chosen: ReturnType<Agent['getAvailabilityState']>;
  state: Status;
  next: Status | null;
  contacts: Contact[];
  statuses: Status[];
  permissions: string[] | undefined;
  countries: string[] | undefined;
  setState: Agent['setState'];
  connect: Agent['connect'];
  queue: Queue | null;
}

export function agent(changes: Partial<Facts> = {}): Agent {
  const facts: Facts = {
    chosen: { ...agentChosen, timeStamp: new Date(START) },
    state: LUNCH,
    next: null,
    contacts: [],
    statuses: [AVAILABLE, LUNCH],
    permissions: ['outboundCall'],
    countries: ['gb', 'de'],
    setState: () => undefined,
    connect: () => undefined,
    queue: { queueARN: 'arn:outbound', name: 'Outbound' },
    ...changes,
  };
  return {
    getName: () => 'Priya Raman',
    getConfiguration: () => ({ username: 'priya.raman' }),
    getAgentStates: () => facts.statuses,
    getPermissions: () => facts.permissions,
    getDialableCountries: () => facts.countries,
    isSoftphoneEnabled: () => true,
    getRoutingProfile: () => ({ defaultOutboundQueue: facts.queue }),
    getAvailabilityState: () => facts.chosen,
    getState: () => facts.state,
    getNextState: () => facts.next,
    getContacts: () => facts.contacts,
    onRefresh: () => undefined,
    setState: facts.setState,
    connect: facts.connect,
  };
}

export function contact(state: string, changes: Partial<Contact> = {}): Contact {
  return {
    getContactId: () => 'contact-1',
    getType: () => 'voice',
    getState: () => ({ type: state, timestamp: new Date(START + 1000) }),
    isInbound: () => true,
    getInitiationMethod: () => 'inbound',
    getQueue: () => null,
    getConnectSystemEndpoint: () => null,
    getAttributes: () => ({}),
    clear: () => undefined,
    getInitialConnection: () => connection(),
    getAgentConnection: () => connection(),
    ...changes,
  };
}

export function connection(changes: Partial<Connection> = {}): Connection {
  return {
    isOnHold: () => false,
    getEndpoint: () => ({ stripPhoneNumber: () => '+441632960001' }),
    destroy: () => undefined,
    sendDigits: () => undefined,
    ...changes,
  };
}

export const library = {
  core: { getSkew: () => 0, getLocalTimestamp: (): unknown => Date.now() },
  Endpoint: { byPhoneNumber: (number: string) => ({ stripPhoneNumber: () => number }) },
};

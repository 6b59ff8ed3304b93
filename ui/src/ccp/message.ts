// From what Streams knows to the messages for Rust (`crates/connect/src/message.rs`). Pure: no page, no timer.
// A reading holds moments, a message durations: two readings are equal exactly when nothing happened in between.
import type { WireFailure } from './failure';
import type { Agent, Connection, Contact } from './streams';

export interface WireStatus {
  arn: string;
  name: string;
  type: string;
}

/** A status that the agent is in or will be in: it may have been disabled since, and is not among the others then. */
export type WireNamed = Pick<WireStatus, 'arn' | 'name'>;

export interface WireContact {
  id: string;
  type: string;
  state: string;
  stateMs: number;
  inbound: boolean;
  onHold: boolean;
  number: string | null;
}

export type Message =
  | { kind: 'hostReady' | 'loginNeeded' | 'ackTimeout' | 'retriesExhausted' | 'terminated' }
  | {
      kind: 'agent';
      username: string;
      name: string;
      statuses: WireStatus[];
      outbound: boolean;
      countries: string[];
      softphone: boolean;
    }
  | {
      kind: 'state';
      stamp: number;
      chosen: WireNamed;
      chosenMs: number;
      next: WireNamed | null;
      contacts: WireContact[];
    }
  | { kind: 'reply'; id: number; error: WireFailure | null };

const LONGEST_NUMBER = 64;

/** The agent's state at one snapshot, by the service's clock. */
export interface Reading {
  chosen: WireNamed;
  since: number;
  next: WireNamed | null;
  contacts: (Omit<WireContact, 'stateMs'> & { since: number })[];
}

/** Who the agent is, what can be chosen, and what can be dialled. */
export function agentMessage(agent: Agent): Message {
  return {
    kind: 'agent',
    username: agent.getConfiguration().username,
    name: agent.getName(),
    statuses: agent
      .getAgentStates()
      .flatMap(({ agentStateARN, name, type }) => (agentStateARN ? [{ arn: agentStateARN, name, type }] : [])),
    outbound: agent.getPermissions()?.includes('outboundCall') ?? false,
    countries: [...(agent.getDialableCountries() ?? [])],
    softphone: agent.isSoftphoneEnabled(),
  };
}

/** The state of the agent and of every contact; none while Streams does not know the chosen status. */
export function read(agent: Agent): Reading | null {
  const available = agent.getAvailabilityState();
  if (!available) return null;
  const name = available.state;
  // The service need not give the ARN. One that was disabled is not in the list, but without a contact it is the state.
  const named = [...agent.getAgentStates(), agent.getState()].find((status) => status.name === name);
  const arn = available.agentStateARN ?? named?.agentStateARN;
  if (!arn) return null;
  const next = agent.getNextState();
  return {
    chosen: { arn, name },
    since: moment(available.timeStamp),
    next: next?.agentStateARN ? { arn: next.agentStateARN, name: next.name } : null,
    contacts: agent.getContacts().map(readContact),
  };
}

function readContact(contact: Contact): Reading['contacts'][number] {
  const state = contact.getState();
  const type = contact.getType();
  // Without the task library, which a medialess session does not need, Streams throws on the connection of a task.
  const connection = type === 'task' ? null : contact.getInitialConnection();
  const isCall = type === 'voice' || type === 'queue_callback';
  return {
    id: contact.getContactId(),
    type,
    state: state.type,
    since: moment(state.timestamp),
    // Streams asks the first connection, and throws when there is none yet: nobody dialled such a contact.
    inbound: connection === null || contact.isInbound(),
    onHold: connection?.isOnHold() ?? false,
    number: connection && isCall ? remoteNumber(connection) : null,
  };
}

// A number that is too long to be one must not cost the whole message.
function remoteNumber(connection: Connection): string | null {
  const number = connection.getEndpoint().stripPhoneNumber();
  return number !== '' && number.length <= LONGEST_NUMBER ? number : null;
}

/** The reading as a message, at `now` by the service's clock. */
export function stateMessage({ chosen, since, next, contacts }: Reading, stamp: number, now: number): Message {
  return {
    kind: 'state',
    stamp,
    chosen,
    chosenMs: elapsed(since, now),
    next,
    contacts: contacts.map((contact) => ({
      id: contact.id,
      type: contact.type,
      state: contact.state,
      stateMs: elapsed(contact.since, now),
      inbound: contact.inbound,
      onHold: contact.onHold,
      number: contact.number,
    })),
  };
}

// Snapshots cross a message channel: a date may come as one, or as what JSON made of it.
function moment(date: Date | string | number): number {
  return new Date(date).getTime();
}

function elapsed(since: number, now: number): number {
  const passed = Math.round(now - since);
  return Number.isFinite(passed) ? Math.max(0, passed) : 0;
}

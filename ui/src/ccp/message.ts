// Converts the state of Streams into messages for Rust (`crates/connect/src/message.rs`). Pure: no page, no timer.
// A reading has times, a message has durations: two readings are equal exactly if nothing has happened in between.
import { caller, cut, isCall, remoteNumber, type WireCaller } from './caller';
import type { WireFailure } from './failure';
import type { Agent, Contact } from './streams';

export interface WireStatus {
  arn: string;
  name: string;
  type: string;
}

/** The chosen or the next status. It is missing in the list of statuses if it was disabled since. */
export type WireNamed = Pick<WireStatus, 'arn' | 'name'>;

/** The fields of a caller are only there for calls. */
export interface WireContact extends Partial<WireCaller> {
  id: string;
  type: string;
  state: string;
  stateMs: number;
  inbound: boolean;
  onHold: boolean;
  number: string | null;
}

/** Why Streams stops reading until the page is reloaded. */
export type Stop = 'accessDenied' | 'authorizeRetriesExhausted' | 'ctiAuthorizeRetriesExhausted' | 'initFailure';

export type Message =
  | { kind: 'hostReady' | 'loginNeeded' | 'ackTimeout' | 'retriesExhausted' | 'terminated' }
  | { kind: 'stopped'; code: Stop }
  | {
      kind: 'alive';
      id: number;
      stamp: number | null;
      snapshotMs: number | null;
      ackMs: number | null;
      online: boolean | null;
      socket: boolean | null;
      broken: string | null;
    }
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
      ageMs: number | null;
      chosen: WireNamed;
      chosenMs: number;
      next: WireNamed | null;
      error: string | null;
      contacts: WireContact[];
    }
  | { kind: 'reply'; id: number; error: WireFailure | null };

const LONGEST_ERROR = 64;

/** The agent's state at one snapshot, by the service's clock. */
export interface Reading {
  chosen: WireNamed;
  since: number;
  next: WireNamed | null;
  /** The name of the agent's state, while that is an error. */
  error: string | null;
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

/**
 * The state of the agent and of every contact; none while Streams does not know the chosen status. `threw` is called for
 * each contact, and of each part of a call, that could not be read.
 */
export function read(agent: Agent, threw: (error: unknown) => void): Reading | null {
  const available = agent.getAvailabilityState();
  if (!available) return null;
  const name = available.state;
  // The service need not give the ARN. One that was disabled is not in the list, but without a contact it is the state.
  const now = agent.getState();
  const listed = [...agent.getAgentStates(), now];
  const arnOf = (name: string) => listed.find((status) => status.name === name)?.agentStateARN;
  const arn = available.agentStateARN ?? arnOf(name);
  if (!arn) return null;
  const next = agent.getNextState();
  return {
    chosen: { arn, name },
    since: moment(available.timeStamp),
    // A status is queued even if it is unknown which one.
    next: next ? { arn: next.agentStateARN ?? arnOf(next.name) ?? '', name: next.name } : null,
    error: now.type === 'error' ? cut(now.name, LONGEST_ERROR) : null,
    contacts: agent.getContacts().map((contact) => {
      try {
        return readContact(contact, threw);
      } catch (error) {
        threw(error);
        return unreadable(contact);
      }
    }),
  };
}

// A contact of which nothing else is known: for Rust it counts as a live one.
function unreadable(contact: Contact): Reading['contacts'][number] {
  const unknown = { type: 'unknown', state: 'unknown', since: Number.NaN, inbound: true, onHold: false, number: null };
  try {
    return { id: contact.getContactId(), ...unknown };
  } catch {
    return { id: '', ...unknown };
  }
}

function readContact(contact: Contact, threw: (error: unknown) => void): Reading['contacts'][number] {
  const state = contact.getState();
  const type = contact.getType();
  const rings = isCall(contact);
  // Without the task library, which a medialess session does not need, Streams throws on the connection of a task.
  const connection = type === 'task' ? null : contact.getInitialConnection();
  return {
    id: contact.getContactId(),
    type,
    state: state.type,
    since: moment(state.timestamp),
    // Streams asks the first connection, and throws if there is none yet: such a contact was not dialled.
    inbound: connection === null || contact.isInbound(),
    onHold: connection?.isOnHold() ?? false,
    number: connection && rings ? remoteNumber(connection) : null,
    ...(rings ? caller(contact, threw) : {}),
  };
}

/** The reading as a message, at `now` by the service's clock, of a snapshot of that age. */
export function stateMessage(
  { chosen, since, next, error, contacts }: Reading,
  stamp: number,
  ageMs: number | null,
  now: number,
): Message {
  return {
    kind: 'state',
    stamp,
    ageMs,
    chosen,
    chosenMs: elapsed(since, now),
    next,
    error,
    contacts: contacts.map(({ since, ...contact }) => ({ ...contact, stateMs: elapsed(since, now) })),
  };
}

// Snapshots are sent through a message channel: a date arrives as a date, or in its JSON form.
function moment(date: Date | string | number): number {
  return new Date(date).getTime();
}

function elapsed(since: number, now: number): number {
  const passed = Math.round(now - since);
  return Number.isFinite(passed) ? Math.max(0, passed) : 0;
}

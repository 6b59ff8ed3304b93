// From what Streams knows to the messages for Rust (`crates/connect/src/message.rs`). Pure: no page, no timer.
// A reading holds moments, a message durations: two readings are equal exactly when nothing happened in between.
import type { Agent, Contact } from './streams';

export interface WireStatus {
  arn: string;
  name: string;
  type: string;
}

export interface WireContact {
  id: string;
  type: string;
  state: string;
  stateMs: number;
  inbound: boolean;
  onHold: boolean;
}

export type Message =
  | { kind: 'hostReady' | 'loginNeeded' | 'ackTimeout' | 'retriesExhausted' | 'terminated' }
  | { kind: 'agent'; username: string; name: string; statuses: WireStatus[] }
  | { kind: 'state'; chosen: string; chosenMs: number; next: string | null; contacts: WireContact[] }
  | { kind: 'reply'; id: number; error: string | null };

/** The agent's state at one snapshot, by the service's clock. */
export interface Reading {
  chosen: string;
  since: number;
  next: string | null;
  contacts: (Omit<WireContact, 'stateMs'> & { since: number })[];
}

/** Who the agent is, and what can be chosen. */
export function agentMessage(agent: Agent): Message {
  return {
    kind: 'agent',
    username: agent.getConfiguration().username,
    name: agent.getName(),
    statuses: agent
      .getAgentStates()
      .flatMap(({ agentStateARN, name, type }) => (agentStateARN ? [{ arn: agentStateARN, name, type }] : [])),
  };
}

/** The state of the agent and of every contact; none while Streams does not know the chosen status. */
export function read(agent: Agent): Reading | null {
  const available = agent.getAvailabilityState();
  if (!available) return null;
  const named = agent.getAgentStates().find(({ name }) => name === available.state);
  const chosen = available.agentStateARN ?? named?.agentStateARN;
  if (!chosen) return null;
  return {
    chosen,
    since: moment(available.timeStamp),
    next: agent.getNextState()?.agentStateARN ?? null,
    contacts: agent.getContacts().map(readContact),
  };
}

function readContact(contact: Contact): Reading['contacts'][number] {
  const state = contact.getState();
  // Without the task library, which a medialess session does not need, Streams throws on the connection of a task.
  const connection = contact.getType() === 'task' ? null : contact.getInitialConnection();
  return {
    id: contact.getContactId(),
    type: contact.getType(),
    state: state.type,
    since: moment(state.timestamp),
    // Streams asks the first connection, and throws when there is none yet: nobody dialled such a contact.
    inbound: connection === null || contact.isInbound(),
    onHold: connection?.isOnHold() ?? false,
  };
}

/** The reading as a message, at `now` by the service's clock. */
export function stateMessage({ chosen, since, next, contacts }: Reading, now: number): Message {
  return {
    kind: 'state',
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

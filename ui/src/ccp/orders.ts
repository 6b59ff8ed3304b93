// Carries out the orders of Rust on the current agent of Streams. The session has checked in the same turn that the order is for
// the current state; here it is only checked that its object exists.
import { failure, NO_QUEUE, STALE, TIMED_OUT, type WireFailure } from './failure';
import { isCall } from './caller';
import type { Agent, Callbacks, Contact, Streams } from './streams';

/** Named as `Order` in `crates/connect/src/message.rs`. */
export type Order = Question | Command;

/** About the page itself: answer a ping, or report everything again. Needs no agent. */
export type Question = { op: 'ping'; id: number } | { op: 'resend' };

/** For Streams; each has one answer. */
export type Command =
  | { op: 'setStatus'; id: number; arn: string; next: boolean; stamp: number }
  | { op: 'clearNext'; id: number; stamp: number }
  | { op: 'dial'; id: number; number: string; queue: string | null; stamp: number }
  | { op: 'hangUp'; id: number; contact: string }
  | { op: 'sendDigits'; id: number; contact: string; digits: string }
  | { op: 'clearContact'; id: number; contact: string };

/** How long to wait for the answer to a dial or to clearing a contact, in ms. */
const TIME_LIMIT = 10_000;

/** The states in which a contact may be cleared: never a live one, and never after contact work. */
const CLEARABLE: readonly string[] = ['missed', 'rejected', 'error'];

/** Carries out the order, and reports once how that went: null when it was done. */
export function carryOut(
  order: Command,
  agent: Agent,
  endpoints: Streams['Endpoint'],
  answered: (failure: WireFailure | null) => void,
): void {
  const callbacks: Callbacks = {
    success: () => {
      answered(null);
    },
    failure: (error) => {
      answered(failure(error));
    },
  };
  switch (order.op) {
    case 'setStatus': {
      const status = agent.getAgentStates().find(({ agentStateARN }) => agentStateARN === order.arn);
      if (status) agent.setState(status, callbacks, { enqueueNextState: order.next });
      else answered(STALE);
      return;
    }
    case 'clearNext': {
      // Without a contact, choosing the routable status would make the agent routable.
      const clears = agent.getNextState() && agent.getContacts().length > 0;
      const routable = agent.getAgentStates().find(({ type }) => type === 'routable');
      if (clears && routable) agent.setState(routable, callbacks, { enqueueNextState: true });
      else answered(STALE);
      return;
    }
    case 'dial':
      if (order.queue === null && !agent.getRoutingProfile()?.defaultOutboundQueue?.queueARN) {
        answered(NO_QUEUE);
        return;
      }
      agent.connect(endpoints.byPhoneNumber(order.number), {
        ...callbacks,
        ...(order.queue === null ? {} : { queueARN: order.queue }),
        timeout: TIME_LIMIT,
      });
      return;
    case 'hangUp': {
      const own = call(agent, order.contact)?.getAgentConnection();
      if (own) own.destroy(callbacks);
      else answered(STALE);
      return;
    }
    case 'sendDigits': {
      const other = call(agent, order.contact)?.getInitialConnection();
      if (other) other.sendDigits(order.digits, callbacks);
      else answered(STALE);
      return;
    }
    case 'clearContact': {
      const over = agent.getContacts().find((contact) => contact.getContactId() === order.contact);
      if (over && isCall(over) && CLEARABLE.includes(over.getState().type)) clear(over, callbacks, answered);
      else answered(STALE);
      return;
    }
  }
}

// Streams has no timeout for it. A late answer is ignored, because `answered` counts once.
function clear(contact: Contact, callbacks: Callbacks, answered: (failure: WireFailure) => void): void {
  const timer = setTimeout(() => {
    answered(TIMED_OUT);
  }, TIME_LIMIT);
  contact.clear({
    success: () => {
      clearTimeout(timer);
      callbacks.success();
    },
    failure: (error) => {
      clearTimeout(timer);
      callbacks.failure(error);
    },
  });
}

function call(agent: Agent, id: string): Contact | undefined {
  return agent.getContacts().find((contact) => contact.getContactId() === id && contact.getType() === 'voice');
}

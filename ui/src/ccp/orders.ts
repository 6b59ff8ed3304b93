// Carries out what Rust orders, on the agent as Streams knows it at this moment. Whether the order still holds for
// the agent's state is decided before, in the same turn; here it is only looked at whether its object is there.
import { failure, NO_QUEUE, STALE, TIMED_OUT, type WireFailure } from './failure';
import { isCall } from './caller';
import type { Agent, Callbacks, Contact, Streams } from './streams';

/** Named as `Order` in `crates/connect/src/message.rs`. */
export type Order = Question | Command;

/** About the page itself: whether it lives, or everything again. Needs no agent. */
export type Question = { op: 'ask'; id: number } | { op: 'say' };

/** For Streams; each has one answer. */
export type Command =
  | { op: 'setStatus'; id: number; arn: string; next: boolean; stamp: number }
  | { op: 'clearNext'; id: number; stamp: number }
  | { op: 'dial'; id: number; number: string; queue: string | null; stamp: number }
  | { op: 'hangUp'; id: number; contact: string }
  | { op: 'sendDigits'; id: number; contact: string; digits: string }
  | { op: 'clearContact'; id: number; contact: string };

/** How long the answer to a dial, or to a contact that is cleared, is waited for, in ms. */
const PATIENCE = 10_000;

/** What may be cleared: never what is live, nor after contact work. */
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
      // Without a contact, choosing the routable status would not clear anything: it would make routable.
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
        timeout: PATIENCE,
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

// Streams has no time-out for it. A late answer is no second one: `answered` counts once.
function clear(contact: Contact, callbacks: Callbacks, answered: (failure: WireFailure) => void): void {
  const timer = setTimeout(() => {
    answered(TIMED_OUT);
  }, PATIENCE);
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

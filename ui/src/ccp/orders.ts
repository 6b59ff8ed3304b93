// Carries out what Rust orders, on the agent as Streams knows it at this moment. Whether the order still holds for
// the agent's state is decided before, in the same turn; here it is only looked at whether its object is there.
import { failure, STALE, type WireFailure } from './failure';
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
  | { op: 'sendDigits'; id: number; contact: string; digits: string };

/** How long Streams waits for the answer to a dial, in ms. */
const DIAL_PATIENCE = 10_000;

/** Carries out the order, and tells once how that went: null when it was done. */
export function carryOut(
  order: Command,
  agent: Agent,
  endpoints: Streams['Endpoint'],
  told: (failure: WireFailure | null) => void,
): void {
  const callbacks: Callbacks = {
    success: () => {
      told(null);
    },
    failure: (error) => {
      told(failure(error));
    },
  };
  switch (order.op) {
    case 'setStatus': {
      const status = agent.getAgentStates().find(({ agentStateARN }) => agentStateARN === order.arn);
      if (status) agent.setState(status, callbacks, { enqueueNextState: order.next });
      else told(STALE);
      return;
    }
    case 'clearNext': {
      // Without a contact, choosing the routable status would not clear anything: it would make routable.
      const clears = agent.getNextState() && agent.getContacts().length > 0;
      const routable = agent.getAgentStates().find(({ type }) => type === 'routable');
      if (clears && routable) agent.setState(routable, callbacks, { enqueueNextState: true });
      else told(STALE);
      return;
    }
    case 'dial':
      agent.connect(endpoints.byPhoneNumber(order.number), {
        ...callbacks,
        ...(order.queue === null ? {} : { queueARN: order.queue }),
        timeout: DIAL_PATIENCE,
      });
      return;
    case 'hangUp': {
      const own = call(agent, order.contact)?.getAgentConnection();
      if (own) own.destroy(callbacks);
      else told(STALE);
      return;
    }
    case 'sendDigits': {
      const other = call(agent, order.contact)?.getInitialConnection();
      if (other) other.sendDigits(order.digits, callbacks);
      else told(STALE);
      return;
    }
  }
}

function call(agent: Agent, id: string): Contact | undefined {
  return agent.getContacts().find((contact) => contact.getContactId() === id && contact.getType() === 'voice');
}

// Reports the agent to Rust and carries out its orders: a change is reported once, an order is carried out only if the last
// reported state is still the current one, and a ping is answered in the same turn. It changes Connect only by orders.
import { failure, NO_AGENT, STALE, type WireFailure } from './failure';
import { Life } from './life';
import { agentMessage, read, stateMessage, type Message, type Reading, type Stop } from './message';
import { carryOut, type Command, type Order } from './orders';
import type { Agent, Streams } from './streams';

/** A problem that Streams reports. */
export type Trouble = 'loginNeeded' | 'ackTimeout' | 'retriesExhausted' | 'terminated';

type Library = Pick<Streams, 'Endpoint'> & { core: Pick<Streams['core'], 'getSkew' | 'getLocalTimestamp'> };

export class Session {
  readonly #streams: Library;
  readonly #send: (message: Message) => void;
  readonly #life = new Life();
  #agent: Agent | null = null;
  /** The agent of a frame that did not answer and may answer again. */
  #silent: Agent | null = null;
  #reportedAgent = '';
  #reportedState = '';
  // Starts with the time, so that an order for an earlier page matches no state of this one.
  #stamp = Date.now();
  #waiting = false;

  constructor(streams: Library, send: (message: Message) => void) {
    this.#streams = streams;
    this.#send = send;
  }

  /** Streams has its agent, or a new snapshot of it. Everything from one turn is reported together. */
  changed(agent: Agent): void {
    this.#agent = agent;
    this.#silent = null;
    this.#snapshotMs();
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (this.#agent) this.#report(this.#agent);
    });
  }

  /**
   * The state in Streams is no longer current: no order is carried out on it. The next state is reported even if it is equal,
   * because it means that Connect is back.
   */
  trouble(kind: Trouble): void {
    this.#silent = kind === 'ackTimeout' ? (this.#agent ?? this.#silent) : null;
    this.#agent = null;
    this.#forget();
    this.#send({ kind });
  }

  /** Streams stops reading until the page is reloaded. */
  stopped(code: Stop): void {
    this.#agent = null;
    this.#silent = null;
    this.#forget();
    this.#send({ kind: 'stopped', code });
  }

  /** The worker answered through the frame. If it was only late, its last state is valid again. */
  acknowledged(): void {
    this.#life.acknowledged();
    if (this.#silent) this.changed(this.#silent);
  }

  /** The worker's web socket is connected, or lost. */
  socket(connected: boolean): void {
    this.#life.socket = connected;
  }

  /** Answers every order but `resend` once, and a ping in this turn. */
  order(order: Order): void {
    if (order.op === 'ping') {
      this.#answer(order.id);
    } else if (order.op === 'resend') {
      this.#forget();
      if (this.#agent) this.#report(this.#agent);
    } else {
      this.#command(order);
    }
  }

  #answer(id: number): void {
    this.#send({
      kind: 'alive',
      id,
      stamp: this.#agent && this.#reportedState !== '' ? this.#stamp : null,
      snapshotMs: this.#snapshotMs(),
      ackMs: this.#life.ackMs(),
      online: this.#guarded('age', () => navigator.onLine),
      socket: this.#life.socket,
      broken: this.#life.broken,
    });
  }

  #command(order: Command): void {
    let answered = false;
    const reply = (error: WireFailure | null) => {
      if (answered) return;
      answered = true;
      this.#send({ kind: 'reply', id: order.id, error });
    };
    const agent = this.#agent;
    if (!agent) {
      reply(NO_AGENT);
      return;
    }
    try {
      if ('stamp' in order && !this.#isCurrent(agent, order.stamp)) {
        // The state goes first, so that Rust decides again with the current one.
        this.#forget();
        this.#report(agent);
        reply(STALE);
        return;
      }
      carryOut(order, agent, this.#streams.Endpoint, reply);
    } catch (error) {
      reply(failure(error));
    }
  }

  #isCurrent(agent: Agent, stamp: number): boolean {
    return (
      stamp === this.#stamp &&
      JSON.stringify(agentMessage(agent)) === this.#reportedAgent &&
      JSON.stringify(this.#read(agent)) === this.#reportedState
    );
  }

  // An error here would not be caught, so each part is guarded and the rest is reported.
  #report(agent: Agent): void {
    const who = this.#guarded('agent', () => agentMessage(agent));
    const asText = JSON.stringify(who);
    if (who && asText !== this.#reportedAgent) {
      this.#reportedAgent = asText;
      this.#send(who);
    }
    const reading = this.#guarded('state', () => this.#read(agent));
    if (!reading) {
      // The last reported state is no longer valid: `alive` names none.
      this.#reportedState = '';
      return;
    }
    const state = JSON.stringify(reading);
    if (state === this.#reportedState) return;
    const now = Date.now() + (this.#guarded('state', () => this.#streams.core.getSkew()) ?? 0);
    this.#reportedState = state;
    this.#stamp += 1;
    this.#send(stateMessage(reading, this.#stamp, this.#snapshotMs(), now));
  }

  #read(agent: Agent): Reading | null {
    return read(agent, (error) => {
      this.#life.threw('contact', error);
    });
  }

  // Streams throws while there is no snapshot yet, which is not an error.
  #snapshotMs(): number | null {
    let stamp: unknown = null;
    try {
      stamp = this.#streams.core.getLocalTimestamp();
    } catch (error) {
      if (this.#agent) this.#life.threw('age', error);
    }
    return this.#life.snapshotMs(stamp);
  }

  #guarded<T>(where: Parameters<Life['threw']>[0], read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      this.#life.threw(where, error);
      return null;
    }
  }

  #forget(): void {
    this.#reportedAgent = '';
    this.#reportedState = '';
  }
}

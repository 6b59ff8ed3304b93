// The conversation with Rust over one agent: what changed is said once, an order is carried out only while what
// was said last still holds, and a question whether the page lives is answered in its turn. It writes nothing to
// Connect but what is ordered.
import { failure, NO_AGENT, STALE, type WireFailure } from './failure';
import { Life } from './life';
import { agentMessage, read, stateMessage, type Message, type Reading, type Stop } from './message';
import { carryOut, type Command, type Order } from './orders';
import type { Agent, Streams } from './streams';

/** A trouble that Streams reports. */
export type Trouble = 'loginNeeded' | 'ackTimeout' | 'retriesExhausted' | 'terminated';

type Library = Pick<Streams, 'Endpoint'> & { core: Pick<Streams['core'], 'getSkew' | 'getLocalTimestamp'> };

export class Session {
  readonly #streams: Library;
  readonly #send: (message: Message) => void;
  readonly #life = new Life();
  #agent: Agent | null = null;
  /** The agent of a frame that was silent and may answer again. */
  #silent: Agent | null = null;
  #saidAgent = '';
  #saidState = '';
  // Begins with the time, so that an order for a page before this one holds for none of its states.
  #stamp = Date.now();
  #waiting = false;

  constructor(streams: Library, send: (message: Message) => void) {
    this.#streams = streams;
    this.#send = send;
  }

  /** Streams has its agent, or a new snapshot of it. What comes in one turn is said together. */
  changed(agent: Agent): void {
    this.#agent = agent;
    this.#silent = null;
    this.#snapshotMs();
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (this.#agent) this.#say(this.#agent);
    });
  }

  /**
   * What Streams remembers is not current any more: nothing is ordered on it. The next state is news, even if it
   * is the old one: it says that Connect is back.
   */
  trouble(kind: Trouble): void {
    this.#silent = kind === 'ackTimeout' ? (this.#agent ?? this.#silent) : null;
    this.#agent = null;
    this.#forget();
    this.#send({ kind });
  }

  /** Streams reads nothing any more until the page is loaded again. */
  stopped(code: Stop): void {
    this.#agent = null;
    this.#silent = null;
    this.#forget();
    this.#send({ kind: 'stopped', code });
  }

  /** The worker answered through the frame. If it was only late, what it said before holds again. */
  acknowledged(): void {
    this.#life.acknowledged();
    if (this.#silent) this.changed(this.#silent);
  }

  /** The worker's web socket is connected, or lost. */
  socket(connected: boolean): void {
    this.#life.socket = connected;
  }

  /** Answers every order but `say` once, a question in this turn. */
  order(order: Order): void {
    if (order.op === 'ask') {
      this.#answer(order.id);
    } else if (order.op === 'say') {
      this.#forget();
      if (this.#agent) this.#say(this.#agent);
    } else {
      this.#command(order);
    }
  }

  #answer(id: number): void {
    this.#send({
      kind: 'alive',
      id,
      stamp: this.#agent && this.#saidState !== '' ? this.#stamp : null,
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
      if ('stamp' in order && !this.#isLast(agent, order.stamp)) {
        // First the state, so that whoever decides again on the answer knows it.
        this.#forget();
        this.#say(agent);
        reply(STALE);
        return;
      }
      carryOut(order, agent, this.#streams.Endpoint, reply);
    } catch (error) {
      reply(failure(error));
    }
  }

  #isLast(agent: Agent, stamp: number): boolean {
    return (
      stamp === this.#stamp &&
      JSON.stringify(agentMessage(agent)) === this.#saidAgent &&
      JSON.stringify(this.#read(agent)) === this.#saidState
    );
  }

  // Nobody catches what is thrown here: the rest is said all the same.
  #say(agent: Agent): void {
    const who = this.#guarded('agent', () => agentMessage(agent));
    const asText = JSON.stringify(who);
    if (who && asText !== this.#saidAgent) {
      this.#saidAgent = asText;
      this.#send(who);
    }
    const reading = this.#guarded('state', () => this.#read(agent));
    if (!reading) {
      // The state that was said last holds no more: `alive` names none.
      this.#saidState = '';
      return;
    }
    const state = JSON.stringify(reading);
    if (state === this.#saidState) return;
    const now = Date.now() + (this.#guarded('state', () => this.#streams.core.getSkew()) ?? 0);
    this.#saidState = state;
    this.#stamp += 1;
    this.#send(stateMessage(reading, this.#stamp, this.#snapshotMs(), now));
  }

  #read(agent: Agent): Reading | null {
    return read(agent, (error) => {
      this.#life.threw('contact', error);
    });
  }

  // Streams throws while there is no snapshot yet, which is nothing to report.
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
    this.#saidAgent = '';
    this.#saidState = '';
  }
}

// The conversation with Rust over one agent: what changed is said once, and an order is carried out only while what
// was said last still holds. It writes nothing to Connect but what is ordered.
import { failure, NO_AGENT, STALE, type WireFailure } from './failure';
import { agentMessage, read, stateMessage, type Message } from './message';
import { carryOut, type Order } from './orders';
import type { Agent, Streams } from './streams';

/** A trouble that Streams tells of. */
export type Trouble = 'loginNeeded' | 'ackTimeout' | 'retriesExhausted' | 'terminated';

type Library = Pick<Streams, 'Endpoint'> & { core: Pick<Streams['core'], 'getSkew'> };

export class Session {
  readonly #streams: Library;
  readonly #send: (message: Message) => void;
  #agent: Agent | null = null;
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
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (this.#agent) this.#say(this.#agent);
    });
  }

  /**
   * What Streams remembers is not the present any more: nothing is ordered on it. The next state is news, even if it
   * is the old one: it says that Connect is back.
   */
  trouble(kind: Trouble): void {
    this.#agent = null;
    this.#forget();
    this.#send({ kind });
  }

  /** Answers every order once. */
  order(order: Order): void {
    let answered = false;
    const told = (error: WireFailure | null) => {
      if (answered) return;
      answered = true;
      this.#send({ kind: 'reply', id: order.id, error });
    };
    const agent = this.#agent;
    if (!agent) {
      told(NO_AGENT);
      return;
    }
    try {
      if ('stamp' in order && !this.#isLast(agent, order.stamp)) {
        // First the state, so that whoever decides anew on the answer knows it.
        this.#forget();
        this.#say(agent);
        told(STALE);
        return;
      }
      carryOut(order, agent, this.#streams.Endpoint, told);
    } catch (error) {
      told(failure(error));
    }
  }

  #isLast(agent: Agent, stamp: number): boolean {
    return (
      stamp === this.#stamp &&
      JSON.stringify(agentMessage(agent)) === this.#saidAgent &&
      JSON.stringify(read(agent)) === this.#saidState
    );
  }

  #say(agent: Agent): void {
    const who = agentMessage(agent);
    const asText = JSON.stringify(who);
    if (asText !== this.#saidAgent) {
      this.#saidAgent = asText;
      this.#send(who);
    }
    const reading = read(agent);
    const state = JSON.stringify(reading);
    if (!reading || state === this.#saidState) return;
    this.#saidState = state;
    this.#stamp += 1;
    this.#send(stateMessage(reading, this.#stamp, Date.now() + (this.#streams.core.getSkew() ?? 0)));
  }

  #forget(): void {
    this.#saidAgent = '';
    this.#saidState = '';
  }
}

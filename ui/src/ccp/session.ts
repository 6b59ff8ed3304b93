// The conversation with Rust over one agent: what changed is said once, what is asked for is said again. It must
// not write anything to Connect.
import { agentMessage, read, stateMessage, type Message } from './message';
import type { Agent, Streams } from './streams';

/** What Rust asks for (`Order` in `crates/connect/src/message.rs`). */
export interface Order {
  op: 'report';
  id: number;
}

/** A trouble that Streams tells of. */
export type Trouble = 'loginNeeded' | 'ackTimeout' | 'retriesExhausted' | 'terminated';

export class Session {
  readonly #core: Pick<Streams['core'], 'getSkew'>;
  readonly #send: (message: Message) => void;
  #agent: Agent | null = null;
  #saidAgent = '';
  #saidState = '';
  #waiting = false;

  constructor(core: Pick<Streams['core'], 'getSkew'>, send: (message: Message) => void) {
    this.#core = core;
    this.#send = send;
  }

  /** Streams has its agent, or a new snapshot of it. What comes in one turn is said together. */
  changed(agent: Agent): void {
    this.#agent = agent;
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      this.#say(agent);
    });
  }

  /** After a trouble the next state is news, even if it is the old one: it says that Connect is back. */
  trouble(kind: Trouble): void {
    this.#forget();
    this.#send({ kind });
  }

  order(order: Order): void {
    this.#send({ kind: 'reply', id: order.id, error: this.#report() });
  }

  #report(): string | null {
    if (!this.#agent) return 'Streams has no agent yet.';
    this.#forget();
    this.#say(this.#agent);
    return null;
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
    this.#send(stateMessage(reading, Date.now() + (this.#core.getSkew() ?? 0)));
  }

  #forget(): void {
    this.#saidAgent = '';
    this.#saidState = '';
  }
}

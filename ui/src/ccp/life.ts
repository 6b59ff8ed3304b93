// What shows that the page lives, its frame, and the worker behind it. Every age is the greater one of two clocks:
// a clock that is set back must not make it younger, and a monotonic one may stop while the machine sleeps.

interface Moment {
  wall: number;
  steady: number;
}

const LONGEST_NAME = 40;

export class Life {
  /** Whether the worker's web socket is connected; null while no event said so. */
  socket: boolean | null = null;
  /** Where something was thrown last, and what: "contact:TypeError". Never a sentence, which may name people. */
  broken: string | null = null;
  #acknowledged: Moment | null = null;
  /** The last snapshot, named by the worker's time stamp. */
  #snapshot: (Moment & { stamp: number }) | null = null;

  /** The worker answered through the frame. */
  acknowledged(): void {
    this.#acknowledged = now();
  }

  threw(where: 'agent' | 'state' | 'contact' | 'age', error: unknown): void {
    const name = error instanceof Error ? error.name : typeof error;
    this.broken = `${where}:${name.replace(/[^A-Za-z]/g, '').slice(0, LONGEST_NAME)}`;
  }

  /** How old the last acknowledgement is, in ms. */
  ackMs(): number | null {
    return this.#acknowledged && age(this.#acknowledged);
  }

  /** How old the snapshot is that the worker read at `stamp`, in ms. One stamp is one snapshot, however often it comes. */
  snapshotMs(stamp: unknown): number | null {
    if (typeof stamp === 'number' && Number.isFinite(stamp) && this.#snapshot?.stamp !== stamp) {
      const { wall, steady } = now();
      this.#snapshot = { stamp, wall: Math.min(stamp, wall), steady: steady - Math.max(0, wall - stamp) };
    }
    return this.#snapshot && age(this.#snapshot);
  }
}

function now(): Moment {
  return { wall: Date.now(), steady: performance.now() };
}

function age({ wall, steady }: Moment): number {
  const at = now();
  return Math.round(Math.max(0, at.wall - wall, at.steady - steady));
}

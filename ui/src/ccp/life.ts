// Whether the page, its frame and the worker behind it are alive. Every age is the larger one of two clocks: the wall clock
// may be set back, and the monotonic one may stop while the machine sleeps.

interface Moment {
  wall: number;
  steady: number;
}

const LONGEST_NAME = 40;

export class Life {
  /** Whether the worker's web socket is connected; null until an event reports it. */
  socket: boolean | null = null;
  /** Where the last error was thrown, and its kind: "contact:TypeError". Never the message, which may name people. */
  broken: string | null = null;
  #acknowledged: Moment | null = null;
  /** The last snapshot, identified by the time stamp of the worker. */
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

// What the drawer asks of the world around it. It must not know how: `tauri.ts` does, and a made-up one serves
// the tests and the development page.
import type { Action } from '../bindings/Action';
import type { Lines } from '../bindings/Lines';
import type { View } from '../bindings/View';

export interface Platform {
  /** Everything but the list. */
  view(): Promise<View>;
  /** At most `count` lines of the list, from index `start`. */
  lines(start: number, count: number): Promise<Lines>;
  /** Asks for something. What it changes comes back as a new revision. */
  act(action: Action): Promise<void>;
  /** Tells each new revision of the view or the list; the answer ends it. */
  onChanged(changed: (revision: number) => void): Promise<() => void>;
}

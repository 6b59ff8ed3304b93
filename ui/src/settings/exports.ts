// The files that a person asks for in this window. What became of them is known above the pages, so that whoever leaves a
// page meanwhile finds it there when they come back.
import { useState } from 'react';

import type { Exported } from '../bindings/Exported';

/** What came of an export; none before the first, and of one that was cancelled. */
export type Exporting = Exclude<Exported, { is: 'cancelled' }> | 'busy' | null;

export interface Export {
  state: Exporting;
  start: () => void;
  /** What came of it was seen. */
  dismiss: () => void;
}

/** `ask` asks for the file, `failed` is said where nobody answers. */
export function useExport(ask: () => Promise<Exported>, failed: string): Export {
  const [state, setState] = useState<Exporting>(null);
  return {
    state,
    start: () => {
      if (state === 'busy') return;
      setState('busy');
      ask().then(
        (done) => {
          setState(done.is === 'cancelled' ? null : done);
        },
        () => {
          setState({ is: 'failed', sentence: failed });
        },
      );
    },
    dismiss: () => {
      setState((now) => (now === 'busy' ? now : null));
    },
  };
}

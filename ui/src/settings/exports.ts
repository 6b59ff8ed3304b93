// The exports of this window. Their state is kept above the pages, so that it is still shown when a person leaves a page
// meanwhile and returns.
import { useState } from 'react';

import type { Exported } from '../bindings/Exported';

/** The state of an export; null before the first, and after one that was cancelled. */
export type ExportState = Exclude<Exported, { is: 'cancelled' }> | 'busy' | null;

export interface Export {
  state: ExportState;
  start: () => void;
  /** Removes the message about the result. */
  dismiss: () => void;
}

/** `run` exports the file; `failed` is the message if it is rejected. */
export function useExport(run: () => Promise<Exported>, failed: string): Export {
  const [state, setState] = useState<ExportState>(null);
  return {
    state,
    start: () => {
      if (state === 'busy') return;
      setState('busy');
      run().then(
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

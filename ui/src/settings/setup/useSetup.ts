// The current state of the wizard, and the edits that are sent to it. Rust decides what an edit means.
import { useCallback } from 'react';

import type { SetupEdit } from '../../bindings/SetupEdit';
import type { SetupPage } from '../../bindings/SetupPage';
import type { SettingsPlatform } from '../../platform/platform';
import { useQuery, type QueryState } from '../../query';

/** Resolves when the controller has accepted the edit: every later answer includes it. Rejects while it shuts down. */
export type Edit = (edit: SetupEdit) => Promise<void>;

const readSetup = (platform: SettingsPlatform) => platform.setup();

/** The wizard, how to edit it, and how to read it again. */
export function useSetup(platform: SettingsPlatform): [query: QueryState<SetupPage>, edit: Edit, refetch: () => void] {
  const [query, refetch] = useQuery(platform, readSetup);
  const edit = useCallback<Edit>(
    (wanted) => {
      const accepted = platform.act({ setup: { edit: wanted } }).then(refetch);
      // Not every caller handles a refusal.
      accepted.catch(() => undefined);
      return accepted;
    },
    [platform, refetch],
  );
  return [query, edit, refetch];
}

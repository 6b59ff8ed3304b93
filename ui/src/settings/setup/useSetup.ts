// The wizard as it is now, and the edits that it is sent. What an edit means is decided in Rust.
import { useCallback } from 'react';

import type { SetupEdit } from '../../bindings/SetupEdit';
import type { SetupPage } from '../../bindings/SetupPage';
import type { SettingsPlatform } from '../../platform/platform';
import { useQuery, type Read } from '../../query';

/** Done when the controller has the edit: the next answer is made with it. A refusal means that it is ending. */
export type Edit = (edit: SetupEdit) => Promise<void>;

const readSetup = (platform: SettingsPlatform) => platform.setup();

/** The wizard, how to edit it, and how to ask for it again. */
export function useSetup(platform: SettingsPlatform): [read: Read<SetupPage>, edit: Edit, again: () => void] {
  const [read, again] = useQuery(platform, readSetup);
  const edit = useCallback<Edit>(
    (wanted) => {
      const taken = platform.act({ setup: { edit: wanted } }).then(again);
      // Not every control has something to do then.
      taken.catch(() => undefined);
      return taken;
    },
    [platform, again],
  );
  return [read, edit, again];
}

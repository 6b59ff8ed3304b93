// The last items of the menu "More", which are always there.
import { MenuItem } from '@fluentui/react-components';

import type { Act } from '../act';
import { text } from '../text';

export function LastItems({ act }: { act: Act }) {
  return (
    <>
      <MenuItem
        aria-keyshortcuts="Control+,"
        onClick={() => {
          act({ openSettings: { page: 'general' } });
        }}
      >
        {text('own.settings')}
      </MenuItem>
      <MenuItem
        onClick={() => {
          act('quit');
        }}
      >
        {text('own.quit')}
      </MenuItem>
    </>
  );
}

// What the menu "More" ends with, whatever the drawer shows.
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

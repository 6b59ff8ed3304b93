// The menu for a pause: how long, with the time at which it ends. The pause button and the knob open the same menu.
import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';

import type { Act } from '../act';
import { useNow } from '../now';
import { text } from '../text';
import { clockTime, MINUTE } from '../time';

interface Props {
  /** The part of the page in which the menu is placed, so that screen readers find it there. */
  within: HTMLElement | null;
  act: Act;
  open: boolean;
  setOpen: (open: boolean) => void;
  /** What opens it. */
  children: ReactElement;
}

export function PauseMenu({ within, act, open, setOpen, children }: Props) {
  return (
    <Menu
      positioning="below-end"
      mountNode={within}
      open={open}
      onOpenChange={(_, change) => {
        setOpen(change.open);
      }}
    >
      <MenuTrigger>{children}</MenuTrigger>
      <MenuPopover>
        <Items act={act} />
      </MenuPopover>
    </Menu>
  );
}

function Items({ act }: { act: Act }) {
  const now = useNow(MINUTE);
  const pause = (minutes: number | null) => ({
    onClick: () => {
      act({ pause: { minutes } });
    },
    secondaryContent: minutes === null ? null : text('pause.until', { time: clockTime(now + minutes * MINUTE) }),
  });
  return (
    <MenuList>
      <MenuGroup>
        <MenuGroupHeader>{text('pause.title')}</MenuGroupHeader>
        <MenuItem {...pause(15)}>{text('pause.quarter')}</MenuItem>
        <MenuItem {...pause(60)}>{text('pause.hour')}</MenuItem>
        <MenuItem {...pause(null)}>{text('pause.open')}</MenuItem>
      </MenuGroup>
      <MenuDivider />
      <MenuItem
        secondaryContent="Ctrl+S"
        aria-keyshortcuts="Control+S"
        onClick={() => {
          act('syncNow');
        }}
      >
        {text('pause.syncNow')}
      </MenuItem>
    </MenuList>
  );
}

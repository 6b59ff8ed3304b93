// Renders the drawer, or its whole window, over a made-up platform.
import { render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { onTestFinished } from 'vitest';

import { Drawer } from '../src/drawer/Drawer';
import { DrawerWindow } from '../src/drawer/DrawerWindow';
import { DrawerStore } from '../src/drawer/store';
import { Theme } from '../src/theme/Theme';
import type { Platform } from '../src/platform/platform';
import type { FakePlatform } from './fake';

/** Renders the window, which shows the drawer once it has a view. */
export function showWindow(platform: Platform): void {
  const store = new DrawerStore(platform);
  onTestFinished(store.open());
  render(
    <Theme>
      <DrawerWindow platform={platform} store={store} />
    </Theme>,
  );
}

/** Renders the drawer and waits for its first view. */
export async function show(platform: FakePlatform): Promise<UserEvent> {
  const store = new DrawerStore(platform);
  onTestFinished(store.open());
  render(
    <Theme>
      <Drawer platform={platform} store={store} />
    </Theme>,
  );
  await screen.findByRole('banner');
  return userEvent.setup();
}

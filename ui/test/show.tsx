// Renders the drawer over a made-up platform and waits for its first view.
import { render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { onTestFinished } from 'vitest';

import { Drawer } from '../src/drawer/Drawer';
import { DrawerStore } from '../src/drawer/store';
import { Theme } from '../src/theme/Theme';
import type { FakePlatform } from './fake';

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

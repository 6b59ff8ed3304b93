// Renders the wizard over a made-up platform and waits for its first step.
import { render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';

import { SETUP } from '../dev/setup';
import type { SetupPage } from '../src/bindings/SetupPage';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { FakeSettings } from './fakeSettings';

export async function show(changes: Partial<SetupPage> = {}): Promise<[FakeSettings, UserEvent]> {
  const platform = new FakeSettings();
  platform.wizard = { ...SETUP, ...changes };
  render(
    <Theme>
      <Settings platform={platform} first="setup" />
    </Theme>,
  );
  await screen.findByRole('heading', { level: 1 });
  return [platform, userEvent.setup()];
}

import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { CONTROLS, STATES } from '../dev/settingsPages';
import type { Controls } from '../src/bindings/Controls';
import type { SettingEdit } from '../src/bindings/SettingEdit';
import type { SettingsPage } from '../src/bindings/SettingsPage';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { FakeSettings } from './fakeSettings';

afterEach(() => {
  localStorage.clear();
});

/** Opens a page over these settings, and waits for them. */
async function show(
  page: SettingsPage,
  settings: Controls = CONTROLS,
): Promise<{ platform: FakeSettings; user: UserEvent }> {
  const platform = new FakeSettings();
  platform.settings = settings;
  render(
    <Theme>
      <Settings platform={platform} first={page} />
    </Theme>,
  );
  const labels = { general: 'Theme', sync: 'Dry run', people: 'Photos', calls: 'Keep recent calls' };
  await screen.findByText(labels[page as keyof typeof labels]);
  return { platform, user: userEvent.setup() };
}

function edits(platform: FakeSettings): SettingEdit[] {
  return platform.asked.flatMap((action) =>
    typeof action === 'object' && 'setting' in action ? [action.setting.edit] : [],
  );
}

/** What a control is described by, in words. */
function described(control: Element): string {
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent).join(' ');
}

describe('every control changes its setting and nothing else', () => {
  it.each<[SettingsPage, string, SettingEdit]>([
    ['general', 'Start with the system', { key: 'startWithSystem', value: true }],
    ['sync', 'Dry run', { key: 'dryRun', value: true }],
    ['people', 'Compact rows', { key: 'drawerCompact', value: true }],
    ['people', 'Photos', { key: 'drawerPhotos', value: false }],
    ['people', 'Keep the list on this computer', { key: 'drawerCache', value: false }],
    ['calls', 'Keep recent calls', { key: 'recentCalls', value: 0 }],
  ])('%s: %s', async (page, name, edit) => {
    const { platform, user } = await show(page);
    const control = screen.getByRole<HTMLInputElement>('switch', { name });
    const before = control.checked;
    await user.click(control);
    expect(edits(platform)).toEqual([edit]);
    expect(platform.asked).toHaveLength(1);
    expect(control.checked).toBe(!before);
  });

  it.each<[SettingsPage, string, string, SettingEdit]>([
    ['general', 'Theme', 'Dark', { key: 'theme', value: 'dark' }],
    ['general', 'Notifications', 'Important only', { key: 'notifications', value: 'important' }],
    ['sync', 'Teams status message', 'My Connect status', { key: 'statusMessage', value: 'status' }],
    ['people', 'People in the list', 'Everyone', { key: 'drawerLimit', value: 0 }],
    ['people', 'People in the list', '1,000 people', { key: 'drawerLimit', value: 1000 }],
    ['calls', 'Country of numbers', 'Åland Islands', { key: 'region', value: 'AX' }],
    ['calls', 'Country of numbers', 'No country', { key: 'region', value: null }],
  ])('%s: %s, %s', async (page, name, option, edit) => {
    const { platform, user } = await show(page);
    await user.click(screen.getByRole('combobox', { name }));
    await user.click(await screen.findByRole('option', { name: option }));
    expect(edits(platform)).toEqual([edit]);
  });

  it.each<[string, SettingEdit]>([
    ['Wait before a status counts', { key: 'hold', value: 20 }],
    ['Ask “Back?” after', { key: 'restoreIdle', value: 20 }],
    ['Leave my own choice in Teams alone for', { key: 'heldFor', value: 20 }],
  ])('sync: %s', async (name, edit) => {
    const { platform, user } = await show('sync');
    const field = screen.getByRole('spinbutton', { name });
    await user.clear(field);
    await user.type(field, '20{Enter}');
    await waitFor(() => {
      expect(edits(platform)).toEqual([edit]);
    });
  });

  it('calls: the queue, when it is entered', async () => {
    const { platform, user } = await show('calls');
    const field = screen.getByRole('textbox', { name: 'Queue for calls to colleagues' });
    await user.type(field, ' arn:aws:connect:queue ');
    expect(edits(platform)).toEqual([]);
    await user.keyboard('{Enter}');
    expect(edits(platform)).toEqual([{ key: 'queue', value: 'arn:aws:connect:queue' }]);
  });
});

describe('a control', () => {
  it('sends steps that follow each other as one, at the latest when its page is left', async () => {
    const { platform, user } = await show('sync');
    const field = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Wait before a status counts' });
    await user.click(field);
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(field.value).toBe('18 seconds');
    expect(edits(platform)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'General' }));
    expect(edits(platform)).toEqual([{ key: 'hold', value: 18 }]);
  });

  it.each(['0', '721', 'soon', ''])(
    'says what a number may be, and sends none that it may not: “%s”',
    async (typed) => {
      const { platform, user } = await show('sync');
      const field = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Ask “Back?” after' });
      await user.clear(field);
      if (typed) await user.type(field, typed);
      await user.tab();
      expect(await screen.findByText('Enter a whole number from 1 to 720.')).toBeTruthy();
      expect(field.value).toBe(typed);
      expect(edits(platform)).toEqual([]);
    },
  );

  it('keeps what was chosen until the answer, and falls back with the reason', async () => {
    const { platform, user } = await show('people');
    const photos = screen.getByRole<HTMLInputElement>('switch', { name: 'Photos' });
    await user.click(photos);
    expect(photos.checked).toBe(false);
    const problem = 'The settings file cannot be reached. Nothing was saved.';
    platform.settings = { ...CONTROLS, drawerPhotos: { ...CONTROLS.drawerPhotos, problem } };
    act(() => {
      platform.change();
    });
    expect(await screen.findByText(problem)).toBeTruthy();
    expect(photos.checked).toBe(true);
  });

  it('shows the old value again after a refusal without a report of a change', async () => {
    const { platform, user } = await show('people');
    platform.act = async () => {
      // The reading that this brings was put before anybody knew what was chosen.
      platform.change();
      await new Promise((taken) => setTimeout(taken, 400));
    };
    const photos = screen.getByRole<HTMLInputElement>('switch', { name: 'Photos' });
    await user.click(photos);
    expect(photos.checked).toBe(false);
    await waitFor(
      () => {
        expect(photos.checked).toBe(true);
      },
      { timeout: 3000 },
    );
  });

  it('follows the file while the page is open', async () => {
    const { platform } = await show('people');
    platform.settings = { ...CONTROLS, drawerLimit: { ...CONTROLS.drawerLimit, value: 77 } };
    act(() => {
      platform.change();
    });
    await waitFor(() => {
      expect(screen.getByRole('combobox', { name: 'People in the list' }).textContent).toBe('77 people');
    });
  });

  it('finds a country by the beginning of a word, without diacritics', async () => {
    const { user } = await show('calls');
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Country of numbers' });
    expect(field.value).toBe('United Kingdom');
    await user.click(field);
    await user.keyboard('isl');
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Åland Islands']);
  });

  it('keeps the old country when there is none of that name', async () => {
    const { platform, user } = await show('calls');
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Country of numbers' });
    await user.click(field);
    await user.keyboard('xyz');
    expect(screen.getByRole('option').textContent).toBe('No country has that name');
    await user.tab();
    expect(field.value).toBe('United Kingdom');
    expect(edits(platform)).toEqual([]);
  });

  it('keeps a queue that was refused, so that it can be corrected', async () => {
    const { platform, user } = await show('calls');
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Queue for calls to colleagues' });
    const read = vi.spyOn(platform, 'controls');
    await user.type(field, 'billing{Enter}');
    // It is shown while it is on its way into the file, and refused then.
    await waitFor(() => {
      expect(read).toHaveBeenCalled();
    });
    platform.settings = STATES.refused;
    act(() => {
      platform.change();
    });
    expect(await screen.findByText(/must be the ARN of a queue/)).toBeTruthy();
    expect(field.value).toBe('billing');
  });
});

describe('a page', () => {
  it('marks the settings of the administrator, which cannot be changed', async () => {
    const { platform, user } = await show('general', STATES.locked);
    const start = screen.getByRole<HTMLInputElement>('switch', { name: 'Start with the system' });
    expect([start.getAttribute('aria-disabled'), start.checked]).toEqual(['true', true]);
    await user.click(start);
    expect(start.checked).toBe(true);
    expect(platform.asked).toEqual([]);
    expect(screen.getAllByText('Set by your administrator.')).toHaveLength(6);
  });

  it.each<[SettingsPage, 'locked' | 'broken', number]>([
    ['general', 'locked', 6],
    ['sync', 'locked', 5],
    ['people', 'locked', 4],
    ['calls', 'locked', 3],
    ['general', 'broken', 5],
    ['calls', 'broken', 3],
  ])('%s, %s: every control can be reached, and names why it is locked', async (page, state, count) => {
    const { platform, user } = await show(page, STATES[state]);
    const controls = (['switch', 'combobox', 'spinbutton', 'textbox'] as const).flatMap((role) =>
      screen.queryAllByRole(role),
    );
    expect(controls).toHaveLength(count);
    const shown = () => controls.map((control) => [control.textContent, (control as HTMLInputElement).value]);
    const before = shown();
    const reason = state === 'locked' ? 'Set by your administrator.' : 'Nothing can be changed here.';
    for (const control of controls) {
      expect(control.tabIndex).toBe(0);
      control.focus();
      expect(document.activeElement).toBe(control);
      expect(described(control)).toContain(reason);
      await user.click(control);
      await user.keyboard('9 {ArrowDown}{Enter}{ArrowUp}{ }d{Enter}{Tab}');
      expect(screen.queryAllByRole('option')).toEqual([]);
    }
    expect(shown()).toEqual(before);
    expect(platform.asked).toEqual([]);
  });

  it('shows that a file is broken, changes nothing then, and opens it', async () => {
    const { platform, user } = await show('people', STATES.broken);
    expect(screen.getByText('Nothing can be changed here.')).toBeTruthy();
    expect(screen.getByText(/line 3: sync.hold must be a whole number/)).toBeTruthy();
    for (const control of screen.getAllByRole('switch')) expect(control.getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Open file' }));
    await user.click(screen.getByRole('button', { name: 'Open folder' }));
    expect(platform.asked).toEqual(['openSettingsFile', 'openFolder']);
    cleanup();
    await show('general', STATES.brokenPolicy);
    expect(screen.queryByRole('button', { name: 'Open file' })).toBeNull();
    expect(screen.getByText(/Ask your administrator/)).toBeTruthy();
  });

  it('shows what needs a restart, and offers it', async () => {
    const { platform, user } = await show('general', STATES.restart);
    expect(screen.getByText('microsoft.tenant and connect.instance will be used after a restart.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Restart' }));
    expect(platform.asked).toEqual(['restart']);
  });

  it('leads to the set-up', async () => {
    const { user } = await show('general');
    await user.click(screen.getByRole('button', { name: 'Set-up…' }));
    expect(screen.queryByRole('heading', { name: 'General' })).toBeNull();
  });

  it('shows that the settings cannot be read', async () => {
    const platform = new FakeSettings();
    platform.settings = null;
    render(
      <Theme>
        <Settings platform={platform} first="sync" />
      </Theme>,
    );
    expect((await screen.findByRole('alert')).textContent).toContain('The settings could not be read.');
  });
});

describe('the theme', () => {
  it('is the one of the settings, at once and in the next window', async () => {
    const { platform } = await show('general', { ...CONTROLS, theme: { ...CONTROLS.theme, value: 'dark' } });
    await waitFor(() => {
      expect(document.querySelector('.theme-dark')).toBeTruthy();
    });
    expect(document.documentElement.style.colorScheme).toBe('dark');
    platform.settings = { ...CONTROLS, theme: { ...CONTROLS.theme, value: 'contrast' } };
    act(() => {
      platform.change();
    });
    await waitFor(() => {
      expect(document.querySelector('.theme-contrast')).toBeTruthy();
    });
    cleanup();
    render(<Theme>next</Theme>);
    expect(document.querySelector('.theme-contrast')).toBeTruthy();
  });

  it('is that of the system again if the settings are changed back', async () => {
    localStorage.setItem('theme', 'dark');
    await show('general');
    await waitFor(() => {
      expect(document.querySelector('.theme-light')).toBeTruthy();
    });
  });
});

describe('every page in every state is free of findings by axe', () => {
  const pages = ['general', 'sync', 'people', 'calls'] as const;
  it.each(pages.flatMap((page) => Object.keys(STATES).map((state) => [page, state as keyof typeof STATES] as const)))(
    '%s, %s',
    async (page, state) => {
      await show(page, STATES[state]);
      const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
      expect(
        violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join()}`),
      ).toEqual([]);
    },
    30_000,
  );
});

describe('the network', () => {
  it('sends the proxy and the bypassed hosts as they were typed', async () => {
    const { platform, user } = await show('general');
    await user.type(screen.getByRole('textbox', { name: 'Proxy' }), ' http://proxy:8080 ');
    const past = screen.getByRole('textbox', { name: 'Reached without the proxy' });
    await user.clear(past);
    await user.type(past, '*.contoso.com');
    await user.tab();
    expect(edits(platform)).toEqual([
      { key: 'proxy', value: 'http://proxy:8080' },
      { key: 'bypass', value: '*.contoso.com' },
    ]);
  });

  it('sends nothing for an empty field: the proxy of the system, and the default list', async () => {
    const { platform, user } = await show('general', STATES.proxy);
    await user.clear(screen.getByRole('textbox', { name: 'Proxy' }));
    await user.clear(screen.getByRole('textbox', { name: 'Reached without the proxy' }));
    await user.tab();
    expect(edits(platform)).toEqual([
      { key: 'proxy', value: null },
      { key: 'bypass', value: null },
    ]);
  });

  it('asks for the user of a proxy, even if the policy sets its address', async () => {
    const locked = { ...STATES.locked, proxyUser: CONTROLS.proxyUser };
    const { platform, user } = await show('general', locked);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Proxy' }).readOnly).toBe(true);
    await user.type(screen.getByRole('textbox', { name: 'Proxy user name' }), 'CONTOSO\\priya');
    await user.tab();
    expect(edits(platform)).toEqual([{ key: 'proxyUser', value: 'CONTOSO\\priya' }]);

    cleanup();
    await show('general');
    expect(screen.queryByRole('textbox', { name: 'Proxy user name' })).toBeNull();
  });

  it('sends the password once, shows it nowhere, and asks for it only if the proxy has a user', async () => {
    const { platform, user } = await show('general', STATES.proxy);
    const field = screen.getByLabelText<HTMLInputElement>('Proxy password');
    expect(field.type).toBe('password');
    await user.type(field, 'hunter2{Enter}');
    await waitFor(() => {
      expect(field.value).toBe('');
    });
    expect(platform.secrets).toEqual(['hunter2']);
    expect(document.body.innerHTML).not.toContain('hunter2');
    expect(edits(platform)).toEqual([]);

    cleanup();
    await show('general');
    expect(screen.queryByLabelText('Proxy password')).toBeNull();
  });

  it('removes a known password, and shows that none is kept', async () => {
    const { platform, user } = await show('general', STATES.proxyPassword);
    const field = screen.getByLabelText<HTMLInputElement>('Proxy password');
    expect(described(field)).toContain('The password is used until you quit.');
    await user.click(screen.getByRole('button', { name: 'Forget' }));
    expect(platform.secrets).toEqual(['']);
  });
});

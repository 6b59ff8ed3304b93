import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';

import { SETUP } from '../dev/setup';
import { SETUPS } from '../dev/setupScenes';
import type { SetupPage } from '../src/bindings/SetupPage';
import type { FakeSettings } from './fakeSettings';
import { show } from './showSetup';

it('sends what was typed once, after a pause, and keeps it over an older answer', async () => {
  const [platform, user] = await show();
  const field = screen.getByRole('textbox', { name: 'Directory (tenant) ID' });
  await user.type(field, 'contoso.com');
  act(() => {
    platform.change();
  });
  await expect
    .poll(() => platform.asked)
    .toEqual([{ setup: { edit: { field: { name: 'tenant', value: 'contoso.com' } } } }]);
  expect((field as HTMLInputElement).value).toBe('contoso.com');
});

/** Keeps the platform from taking an edit; the answer lets it. */
function held(platform: FakeSettings): () => void {
  let take: () => void = () => undefined;
  const taken = new Promise<void>((resolve) => (take = resolve));
  const act = platform.act.bind(platform);
  platform.act = async (action) => {
    await act(action);
    await taken;
  };
  return take;
}

it('keeps what was chosen until the answer, and then shows the answer', async () => {
  const [platform, user] = await show({ step: 'instance' });
  const take = held(platform);
  await user.click(screen.getByRole('radio', { name: /In a page of its own/ }));
  const own = screen.getByRole('radio', { name: /In a page of its own/ });
  expect((own as HTMLInputElement).checked).toBe(true);
  take();
  // The fake changes nothing: its answer has the last word.
  await waitFor(() => {
    expect((own as HTMLInputElement).checked).toBe(false);
  });
  expect(platform.asked).toHaveLength(1);
  cleanup();

  const [tables] = await show({ step: 'connectToTeams' });
  held(tables);
  const toggle = screen.getByRole('switch', { name: 'Update my Teams presence' });
  await user.click(toggle);
  expect((toggle as HTMLInputElement).checked).toBe(false);
  expect(tables.asked).toEqual([{ setup: { edit: { enable: { side: 'connectToTeams', on: false } } } }]);
});

it('shows why the next step is closed, and does not open it', async () => {
  const [platform, user] = await show();
  const next = screen.getByRole('button', { name: 'Next' });
  expect(next.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByText(SETUP.next.why)).toBeTruthy();
  await user.click(next);
  expect(platform.asked).toEqual([]);
});

it('opens each complete step from the rail, even if it was never open before, and no other', async () => {
  const [platform, user] = await show({ done: [], lacks: 'instance', step: 'registration' });
  await user.click(screen.getByRole('button', { name: /Connect instance/ }));
  await user.click(screen.getByRole('button', { name: /Teams to Connect/ }));
  expect(platform.asked).toEqual([{ setup: { edit: { open: 'instance' } } }]);
});

it('shows what the policy sets, which cannot be changed', async () => {
  const tenant = { ...SETUP.registration.tenant, value: 'contoso.com', locked: true };
  const [platform, user] = await show({ registration: { ...SETUP.registration, tenant } });
  await user.type(screen.getByRole('textbox', { name: 'Directory (tenant) ID' }), 'x{Enter}');
  expect(platform.asked).toEqual([]);
  expect(screen.getByText('Set by your administrator')).toBeTruthy();
});

it('has the buttons of the checks at places that never move, and offers what can be done', async () => {
  const { registration } = SETUPS.setupRegistration;
  const [platform, user] = await show({ registration });
  const { clipboard } = navigator;
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  await user.click(screen.getByRole('button', { name: 'Check by a login' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'checkAgain' } }, { setup: { edit: 'checkLogin' } }]);
  await user.click(screen.getByRole('button', { name: 'Copy admin-consent link' }));
  expect(await clipboard.readText()).toBe('https://login.microsoftonline.com/');
});

it('shows that a login continues in the browser, and offers to open it again and to cancel it', async () => {
  const { registration } = SETUPS.setupLogin;
  const [platform, user] = await show({ registration });
  const announced = screen.getAllByRole('status').map(({ textContent }) => textContent);
  expect(announced.join()).toContain('No browser window?');
  await user.click(screen.getByRole('button', { name: 'Open again' }));
  await user.click(screen.getByRole('button', { name: 'Copy link' }));
  expect(await navigator.clipboard.readText()).toBe('https://login.microsoftonline.com/');
  const cancel = within(screen.getByRole('region', { name: /Checked at/ })).getByRole('button', { name: 'Cancel' });
  await user.click(cancel);
  expect(platform.asked).toEqual([{ setup: { edit: 'checkLogin' } }, { setup: { edit: 'cancelLogin' } }]);
});

it('shows once what was not reached, beside what to do, and marks no field', async () => {
  const { registration } = SETUPS.setupNetwork;
  const [platform, user] = await show({ registration });
  const field = screen.getByRole('textbox', { name: 'Directory (tenant) ID' });
  expect(field.getAttribute('aria-invalid')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await user.click(screen.getByRole('button', { name: 'Open Doctor' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'checkAgain' } }, { openSettings: { page: 'doctor' } }]);
});

it('announces the result of a check once it is known', async () => {
  const { registration } = SETUPS.setupRegistration;
  const [platform] = await show({ registration: { ...registration, checkedAt: '' } });
  const announced = () => screen.getAllByRole('status').map(({ textContent }) => textContent);
  expect(announced().join()).not.toContain('API permissions');
  platform.wizard = { ...SETUP, registration };
  act(() => {
    platform.change();
  });
  await waitFor(() => {
    expect(announced().join()).toContain('API permissions: Priya Raman has names and presence.');
  });
});

it('keeps the focus near a button that disappears', async () => {
  const { registration } = SETUPS.setupNetwork;
  const [platform, user] = await show({ registration });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  platform.wizard = { ...SETUP, registration: { ...registration, checks: SETUP.registration.checks } };
  act(() => {
    platform.change();
  });
  await waitFor(() => {
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
  expect(document.activeElement).toBe(screen.getByRole('region', { name: /Checked at/ }));
});

it('names the step that comes before one that cannot be opened', async () => {
  await show({ done: [], step: 'registration' });
  const save = screen.getByRole('button', { name: /Save/ });
  expect(save.getAttribute('aria-disabled')).toBe('true');
  expect(save.getAttribute('title')).toBe('Complete “Registration” first.');
});

it('is cancelled, and leaves to General', async () => {
  const [platform, user] = await show();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'cancel' } }]);
  expect(screen.getByRole('heading', { name: 'General' })).toBeTruthy();
});

it('does not read the wizard again once it is cancelled, because that would open it', async () => {
  const [platform, user] = await show();
  const setup = vi.spyOn(platform, 'setup');
  let taken: () => void = () => undefined;
  platform.act = () => new Promise((resolve) => (taken = resolve));
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  vi.useFakeTimers();
  taken();
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  expect(setup).not.toHaveBeenCalled();
});

it('tries the tables beside both steps that edit them, and nowhere else', async () => {
  const [, user] = await show({ step: 'teamsToConnect' });
  await user.click(screen.getByRole('button', { name: 'What if…' }));
  expect(screen.getByRole('dialog', { name: 'What if…' })).toBeTruthy();
  cleanup();
  await show({ step: 'connectToTeams' });
  expect(screen.getByRole('button', { name: 'What if…' })).toBeTruthy();
  cleanup();
  await show({ step: 'instance' });
  expect(screen.queryByRole('button', { name: 'What if…' })).toBeNull();
});

it('saves, and names the file of an exported policy', async () => {
  const [platform, user] = await show({ step: 'save', next: { can: true, why: '' } });
  await user.click(screen.getByRole('button', { name: 'Export policy' }));
  expect(await screen.findByText('Saved as policy.toml. It holds no secret.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(platform.asked).toEqual([{ setup: { edit: 'save' } }]);
});

it('shows nothing after an export that was cancelled', async () => {
  const [platform, user] = await show({ step: 'save', next: { can: true, why: '' } });
  platform.policy = { is: 'cancelled' };
  const button = screen.getByRole('button', { name: 'Export policy' });
  await user.click(button);
  await waitFor(() => {
    expect(button.getAttribute('aria-disabled')).not.toBe('true');
  });
  expect(screen.queryByText(/policy\.toml|not/)).toBeNull();
  expect(document.activeElement).toBe(button);
});

/** What was read out since, of everything that is: Fluent's bars and what has the role of a status. */
function readOut(): () => string[] {
  const said: string[] = [];
  const watch = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const live = (target instanceof Element ? target : target.parentElement)?.closest('[aria-live], [role="status"]');
      // Fluent sets `innerText`, which is a mere property here.
      const added = [...addedNodes].map((node) => (node instanceof HTMLElement && node.innerText) || node.textContent);
      if (live) said.push(...added.filter((words) => words !== null), live.textContent);
    }
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  return () => said;
}

it('announces once that it is saved, and once whether it works', async () => {
  const [platform] = await show({ ...SETUPS.setupSave });
  const said = readOut();
  const follow = async (save: SetupPage['save']) => {
    platform.wizard = { ...SETUPS.setupSave, save };
    act(() => {
      platform.change();
    });
    await screen.findByText(`Saved. ${save.then}`);
    await waitFor(() => {
      expect(said().filter((words) => words.includes(`Saved. ${save.then}`))).toHaveLength(1);
    });
  };
  await follow(SETUPS.setupSavedLogin.save);
  await follow(SETUPS.setupSaved.save);
});

it('shows the result once it is saved, and closes the window', async () => {
  const [platform, user] = await show({ ...SETUPS.setupSavedLogin });
  expect(screen.getByText('Saved. One thing is left: log in to Teams.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Teams Login' }));
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(platform.asked).toEqual(['teamsLogin', 'closeSettings']);
});

async function choose(user: UserEvent, list: string, words: string) {
  await user.click(screen.getByRole('combobox', { name: list }));
  await user.click(screen.getByRole('option', { name: words }));
}

it('sets the target of a row by its list, and sends only the target', async () => {
  const [platform, user] = await show({ step: 'connectToTeams' });
  held(platform);
  await choose(user, 'Target for Lunch', 'Busy');
  expect(screen.getByRole('combobox', { name: 'Target for Lunch' }).textContent).toBe('Busy');
  expect(platform.asked).toEqual([
    { setup: { edit: { row: { side: 'connectToTeams', row: 'lunch', changes: [{ target: 'busy' }] } } } },
  ]);
});

it('sends what was changed in the dialog of a row, in one edit', async () => {
  const { connectToTeams } = SETUPS.setupForth;
  const [platform, user] = await show({ step: 'connectToTeams', connectToTeams });
  await user.click(screen.getByRole('button', { name: 'Edit Lunch' }));
  const dialog = within(screen.getByRole('dialog', { name: 'When Connect is Lunch' }));
  const wait = dialog.getByRole('textbox', { name: 'Wait before setting it' });
  await user.type(wait, 'abc');
  expect(dialog.getByText('Enter a whole number from 0 to 3,600.')).toBeTruthy();
  expect(dialog.getByRole('button', { name: 'OK' }).getAttribute('aria-disabled')).toBe('true');
  await user.clear(wait);
  await user.type(wait, '30');
  await user.click(dialog.getByRole('checkbox', { name: 'In a meeting' }));
  await user.click(dialog.getByRole('button', { name: 'OK' }));
  const lunch = connectToTeams.rows.find(({ when }) => when === 'Lunch');
  expect(platform.asked).toEqual([
    {
      setup: {
        edit: {
          row: { side: 'connectToTeams', row: lunch?.id, changes: [{ hold: 30 }, { onlyWhile: ['in a meeting'] }] },
        },
      },
    },
  ]);
});

it('sends the hold as it was typed, and shows a problem at its field', async () => {
  const [platform, user] = await show({ step: 'connectToTeams' });
  const hold = screen.getByRole('textbox', { name: 'A status must last' });
  await user.clear(hold);
  await user.type(hold, '99999');
  await user.tab();
  expect(platform.asked).toEqual([{ setup: { edit: { field: { name: 'hold', value: '99999' } } } }]);
  const { connectToTeams } = SETUPS.setupSeconds;
  platform.wizard = { ...SETUP, step: 'connectToTeams', connectToTeams };
  act(() => {
    platform.change();
  });
  expect(await screen.findByText('Enter a whole number from 0 to 3,600.')).toBeTruthy();
  expect((hold as HTMLInputElement).value).toBe('99999');
});

it('names the limits of the seconds of a row, and accepts no others', async () => {
  const { connectToTeams } = SETUPS.setupForth;
  const [, user] = await show({ step: 'connectToTeams', connectToTeams });
  await user.click(screen.getByRole('button', { name: 'Edit Lunch' }));
  const dialog = within(screen.getByRole('dialog', { name: 'When Connect is Lunch' }));
  for (const [field, wrong, says] of [
    ['Wait before setting it', '3601', 'Enter a whole number from 0 to 3,600.'],
    ['Set it at most once every', '0', 'Enter a whole number from 1 to 86,400.'],
  ] as const) {
    const seconds = dialog.getByRole('textbox', { name: field });
    await user.type(seconds, wrong);
    expect(dialog.getByText(says)).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'OK' }).getAttribute('aria-disabled')).toBe('true');
    await user.clear(seconds);
  }
});

it('shows the statuses first, and the rows for contacts when they are opened', async () => {
  const { connectToTeams } = SETUPS.setupFifty;
  const [, user] = await show({ step: 'connectToTeams', connectToTeams });
  expect(screen.queryByRole('rowheader', { name: 'Incoming' })).toBeNull();
  const fold = screen.getByRole('button', { name: 'While on a contact: as proposed' });
  expect(fold.getAttribute('aria-expanded')).toBe('false');
  await user.click(fold);
  expect(screen.getByRole('rowheader', { name: 'Incoming' })).toBeTruthy();
});

describe('with the keyboard alone', () => {
  /**
   * What Tab leads to, one after the other. Fluent asks the layout where that is as soon as a part of the page can be
   * modal, and here there is no layout.
   */
  function order(): HTMLElement[] {
    const all = document.querySelectorAll<HTMLElement>('button, input, a[href], [tabindex]');
    return [...all].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled, [data-tabster-dummy], input[type="radio"]:not(:checked)') &&
        !element.closest('[hidden], [aria-hidden="true"]'),
    );
  }

  /** Goes on, step by step, until this has the focus. */
  function tabTo(role: string, name: string) {
    const [wanted, all] = [screen.getByRole(role, { name }), order()];
    const at = all.findIndex((element) => element === document.activeElement);
    const steps = all.slice(at + 1, all.indexOf(wanted) + 1);
    expect(steps, `${name} comes after what has the focus`).not.toEqual([]);
    for (const element of steps) {
      act(() => {
        element.focus();
      });
      expect(document.activeElement).toBe(element);
    }
  }

  it('leads through all five steps', async () => {
    const done: SetupPage['done'] = ['registration', 'instance', 'connectToTeams', 'teamsToConnect'];
    const [platform, user] = await show({ next: { can: true, why: '' }, done });
    const follow = async (step: SetupPage['step'], changes: Partial<SetupPage> = {}) => {
      expect(platform.asked.pop()).toEqual({
        setup: { edit: step === 'save' && changes.save ? 'save' : { open: step } },
      });
      platform.wizard = { ...SETUP, next: { can: true, why: '' }, done, step, ...changes };
      act(() => {
        platform.change();
      });
      if (!changes.save) await screen.findByRole('heading', { level: 1, name: TITLES[step] });
      platform.asked.length = 0;
    };
    const next = async () => {
      tabTo('button', 'Next');
      await user.keyboard('{Enter}');
    };

    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Directory (tenant) ID' }));
    await user.keyboard('contoso.com');
    tabTo('textbox', 'Application (client) ID');
    await next();
    await follow('instance');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Access URL of the instance' }));
    await next();
    const { connectToTeams, teamsToConnect } = SETUPS.setupFifty;
    await follow('connectToTeams', { connectToTeams: { ...connectToTeams, rows: connectToTeams.rows.slice(0, 4) } });
    expect(document.activeElement).toBe(screen.getByRole('switch', { name: 'Update my Teams presence' }));
    tabTo('combobox', 'Target for Lunch');
    await user.keyboard('{Enter}{ArrowUp}{Enter}');
    expect(platform.asked).toHaveLength(1);
    await next();
    await follow('teamsToConnect', { teamsToConnect });
    await next();
    await follow('save');
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
    tabTo('button', 'Save');
    await user.keyboard('{Enter}');
    await follow('save', { save: { ...SETUP.save, saved: true, works: true, then: 'It works now.' } });
    await screen.findByText('Saved. It works now.');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Close' }));
    await user.keyboard('{Enter}');
    expect(platform.asked).toEqual(['closeSettings']);
  });

  const TITLES: Record<SetupPage['step'], string> = {
    registration: 'Registration',
    instance: 'Connect instance',
    connectToTeams: 'Connect to Teams',
    teamsToConnect: 'Teams to Connect',
    save: 'Save',
  };
});

it.each(Object.entries(SETUPS))('is free of findings by axe as %s', async (_, shown) => {
  await show(shown);
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

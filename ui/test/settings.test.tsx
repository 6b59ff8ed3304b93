import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';

import type { Exported } from '../src/bindings/Exported';
import type { SettingsPage } from '../src/bindings/SettingsPage';
import { version } from '../package.json';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { decision, decisions, FakeSettings } from './fakeSettings';

function show(platform: FakeSettings, first: SettingsPage | '' = 'timeline'): UserEvent {
  render(
    <Theme>
      <Settings platform={platform} first={first} />
    </Theme>,
  );
  return userEvent.setup();
}

function rows(): string[] {
  return screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
}

describe('the settings window', () => {
  it('starts with the page that its address names, else with the first', () => {
    show(new FakeSettings(), 'about');
    expect(screen.getByRole('heading', { name: 'About' })).toBeTruthy();
    show(new FakeSettings(), '');
    expect(screen.getByRole('heading', { name: 'General' })).toBeTruthy();
  });

  it('opens pages from the rail and from outside, and marks the open one', async () => {
    const platform = new FakeSettings();
    const user = show(platform, '');
    await user.click(screen.getByRole('button', { name: 'About' }));
    expect(screen.getByRole('button', { name: 'About' }).getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('button', { name: 'General' }).getAttribute('aria-current')).toBeNull();
    act(() => {
      platform.open('timeline');
    });
    expect(await screen.findByRole('heading', { name: 'Why Busy?' })).toBeTruthy();
    expect(screen.getByText('Kept on this computer only.')).toBeTruthy();
  });

  it('opens the folder of the settings', async () => {
    const platform = new FakeSettings();
    const user = show(platform, 'general');
    await user.click(await screen.findByRole('button', { name: 'Open folder' }));
    expect(platform.asked).toEqual(['openFolder']);
  });

  it('keeps the web view from loading its page again', () => {
    show(new FakeSettings());
    expect(fireEvent.keyDown(document.body, { key: 'F5' })).toBe(false);
    expect(fireEvent.keyDown(document.body, { key: 'R', ctrlKey: true })).toBe(false);
    expect(fireEvent.keyDown(document.body, { key: 'r' })).toBe(true);
  });

  it('shows the version of the application', () => {
    show(new FakeSettings(), 'about');
    expect(screen.getByText(/Version/).textContent).toContain(`Version ${version}`);
    const cargo = readFileSync(join(import.meta.dirname, '../../Cargo.toml'), 'utf8');
    expect(cargo).toContain(`\nversion = "${version}"\n`);
  });
});

describe('the timeline', () => {
  it('answers the question, and its button acts', async () => {
    const platform = new FakeSettings();
    const user = show(platform);
    const answer = within(await screen.findByRole('region', { name: 'Why Busy?' }));
    expect(answer.getByRole('status').textContent).toBe(
      'Because you chose Busy in Teams yourself, at 14:02.Connect is Available.',
    );
    await user.click(answer.getByRole('button', { name: 'Release' }));
    expect(platform.asked).toEqual(['release']);
  });

  it('lists the newest decision first, each with its side, what was done and why', async () => {
    show(
      new FakeSettings([
        decision(2, { seen: 'Available', note: 'for 15 s', done: 'Teams set to Available', isWritten: true }),
        decision(1, { glyph: 'teams', seen: 'Busy', done: 'Connect left alone', why: 'Row “Busy”: No change' }),
      ]),
    );
    await screen.findByText('Teams set to Available');
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
      'Time',
      'Seen',
      'Done',
      'Why',
    ]);
    expect(rows()).toEqual([
      'time 2Connect: Available for 15 sTeams set to AvailableHold: shorter than 15 s',
      'time 1Teams: BusyConnect left aloneRow “Busy”: No change',
    ]);
  });

  it('puts a head where another day begins, and the first day above the table', async () => {
    show(new FakeSettings([decision(3), decision(2, { day: 'Fri 20 Nov' }), decision(1, { day: 'Fri 20 Nov' })]));
    expect(await screen.findByText('Today')).toBeTruthy();
    expect(screen.getAllByRole('rowheader').map((head) => head.textContent)).toEqual(['Fri 20 Nov']);
  });

  it('shows what was written, or what was not', async () => {
    const user = show(new FakeSettings([decision(2, { done: 'Teams set to Busy', isWritten: true }), decision(1)]));
    await user.click(await screen.findByRole('tab', { name: 'Written' }));
    await screen.findByText('time 2');
    expect(rows()).toHaveLength(1);
    await user.click(screen.getByRole('tab', { name: 'Not written' }));
    await screen.findByText('time 1');
    expect(rows()).toHaveLength(1);
  });

  it('shows a decision that is made while the page is open, and its confirmation', async () => {
    const platform = new FakeSettings(decisions(2));
    show(platform);
    await screen.findByText('time 2');
    act(() => {
      platform.change([decision(3, { why: 'Row “Lunch”' }), ...decisions(2)]);
    });
    await screen.findByText('Row “Lunch”');
    act(() => {
      platform.change([decision(3, { why: 'Row “Lunch”. Confirmed 14:02' }), ...decisions(2)]);
    });
    await screen.findByText('Row “Lunch”. Confirmed 14:02');
    expect(rows()).toHaveLength(3);
  });

  it('renders only the rows on screen of a long month', async () => {
    show(new FakeSettings(decisions(500)));
    await screen.findByText('time 500');
    expect(rows().length).toBeLessThan(60);
  });

  it('counts the rows as soon as all of them are known, and not before', async () => {
    show(new FakeSettings(decisions(500)));
    await screen.findByText('time 500');
    expect(screen.getByRole('table', { name: 'Decisions' }).getAttribute('aria-rowcount')).toBe('-1');
    cleanup();
    show(new FakeSettings(decisions(3)));
    await screen.findByText('time 3');
    expect(screen.getByRole('table', { name: 'Decisions' }).getAttribute('aria-rowcount')).toBe('4');
  });

  it.each([
    ['All', 'Every decision will be listed here, also those that wrote nothing.'],
    ['Written', 'Nothing was written to Teams or Connect yet.'],
    ['Not written', 'Every decision so far was written.'],
  ])('shows that there is nothing under %s', async (tab, words) => {
    const user = show(new FakeSettings([]));
    await user.click(await screen.findByRole('tab', { name: tab }));
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it('shows placeholders until the first answer', () => {
    const platform = new FakeSettings();
    platform.timeline = () => new Promise(() => undefined);
    show(platform);
    expect(screen.getByRole('progressbar', { name: 'Reading the timeline…' })).toBeTruthy();
  });

  it('shows that it cannot be read, and tries again', async () => {
    const platform = new FakeSettings();
    platform.broken = true;
    const user = show(platform);
    expect((await screen.findByRole('alert')).textContent).toContain('The timeline could not be read.');
    platform.broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('time 3')).toBeTruthy();
  });

  it('exports, and names the file', async () => {
    const user = show(new FakeSettings());
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText('Saved.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('Saved.')).toBeNull();
  });

  it('shows the result of an export that ended while another page was open', async () => {
    const platform = new FakeSettings();
    let answer: (exported: Exported) => void = () => undefined;
    platform.exportTimeline = () => {
      platform.calls.push('export');
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const user = show(platform);
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    await user.click(screen.getByRole('button', { name: 'About' }));
    await user.click(screen.getByRole('button', { name: 'Timeline' }));
    await user.click(screen.getByRole('button', { name: 'Exporting…' }));
    expect(platform.calls.filter((call) => call === 'export')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'About' }));
    answer({ is: 'failed', sentence: 'It could not be written.' });
    await user.click(screen.getByRole('button', { name: 'Timeline' }));
    expect(await screen.findByText('It could not be written.')).toBeTruthy();
  });

  it('shows that it could not be exported', async () => {
    const platform = new FakeSettings();
    const user = show(platform);
    platform.exportTimeline = () => Promise.reject(new Error('closing'));
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText('The timeline could not be exported.')).toBeTruthy();
  });
});

describe('every page is free of findings by axe', () => {
  const silent = new FakeSettings();
  silent.timeline = () => new Promise(() => undefined);
  it.each<[string, SettingsPage, FakeSettings]>([
    ['General', 'general', new FakeSettings()],
    ['About', 'about', new FakeSettings()],
    ['Timeline', 'timeline', new FakeSettings([decision(2), decision(1, { day: 'Fri 20 Nov' })])],
    ['empty', 'timeline', new FakeSettings([])],
    ['loading', 'timeline', silent],
  ])('%s', async (name, page, platform) => {
    show(platform, page);
    if (name === 'Timeline') await screen.findByText('time 1');
    if (name === 'empty') await screen.findByText('Nothing is recorded yet.');
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    expect(document.body.textContent).not.toMatch(/[{}]/);
  });
});

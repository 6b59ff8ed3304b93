import { act, render, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';

import type { ReplayLine } from '../src/bindings/ReplayLine';
import type { WhatIfAnswer } from '../src/bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../src/bindings/WhatIfChoices';
import { Settings } from '../src/settings/Settings';
import { WhatIf, type WhatIfPlatform } from '../src/settings/whatIf/WhatIf';
import { Theme } from '../src/theme/Theme';
import { FakeSettings } from './fakeSettings';

const MADE: WhatIfAnswer = {
  lines: [
    { when: 'When Connect becomes Lunch', sign: 'written', done: 'Teams set to Away, after 15 s', why: 'Row “Lunch”' },
    { when: 'When Teams becomes Busy', sign: 'left', done: 'Connect left alone', why: 'Row “Busy”: No change' },
  ],
};

function id(words: string): string {
  return JSON.stringify({ state: words });
}

function choices(...words: string[]) {
  return words.map((one) => ({ id: id(one), words: one }));
}

function fake(changes: Partial<FakeSettings> = {}): FakeSettings {
  const platform = new FakeSettings();
  platform.choices = { connect: choices('Available', 'Lunch', 'Coaching'), teams: choices('Available', 'Busy') };
  platform.made = MADE;
  return Object.assign(platform, changes);
}

function show(platform: WhatIfPlatform, onClose = () => undefined): UserEvent {
  render(
    <Theme>
      <WhatIf platform={platform} onClose={onClose} />
    </Theme>,
  );
  return userEvent.setup();
}

function field(name: 'Connect' | 'Teams'): Promise<HTMLElement> {
  return screen.findByRole('combobox', { name });
}

/** What the tables make of the pair, as it is shown. */
async function outcome(): Promise<HTMLElement> {
  const tried = await screen.findByRole('region', { name: 'Result with these tables' });
  return within(tried).getByRole('status');
}

function replay() {
  return within(screen.getByRole('region', { name: 'The recorded timeline with these tables' }));
}

function difference(number: number): ReplayLine {
  return {
    time: `time ${number}`,
    day: number > 1 ? 'Today' : 'Fri 20 Nov',
    glyph: 'teams',
    seen: 'Busy',
    was: 'Connect left alone',
    would: 'Connect set to Coaching',
  };
}

const NEVER = () => new Promise<never>(() => undefined);
const REFUSED = () => Promise.reject(new Error('closing'));

describe('a pair of states', () => {
  it('shows the spinner of this application while the states are read', async () => {
    const platform = fake();
    platform.whatIfChoices = NEVER;
    show(platform);
    const status = (await screen.findByText('Reading the states…')).closest('[role=status]');
    expect(status?.querySelector('svg')).toBeTruthy();
    expect(document.querySelector('.fui-Spinner')).toBeNull();
  });

  it('is tried at once with the first of both sides, and shown in one line per direction', async () => {
    const platform = fake();
    show(platform);
    await screen.findByText('Connect left alone');
    expect(
      within(await outcome())
        .getAllByRole('listitem')
        .map((line) => line.textContent),
    ).toEqual([
      'When Connect becomes LunchTeams set to Away, after 15 sRow “Lunch”',
      'When Teams becomes BusyConnect left aloneRow “Busy”: No change',
    ]);
    expect(platform.questions).toEqual([
      { connect: id('Available'), connectIsOurs: false, teams: id('Available'), teamsIsOurs: false },
    ]);
  });

  it('is tried again with each other choice, and with who set it', async () => {
    const platform = fake();
    const user = show(platform);
    await user.click(await field('Connect'));
    await user.click(await screen.findByRole('option', { name: 'Lunch' }));
    await user.click(within(screen.getByRole('group', { name: 'Teams' })).getByRole('checkbox'));
    const asked = { connect: id('Lunch'), connectIsOurs: false, teams: id('Available'), teamsIsOurs: false };
    expect(platform.questions.slice(1)).toEqual([asked, { ...asked, teamsIsOurs: true }]);
    expect(screen.getByRole('checkbox', { name: 'Set by this app', checked: true })).toBeTruthy();
  });

  it('finds a choice among many by a part of its words', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `Project ${index}`);
    const platform = fake({ choices: { connect: choices(...many, 'Connected, chat'), teams: choices('Busy') } });
    const user = show(platform);
    const connect = await field('Connect');
    await user.clear(connect);
    await user.type(connect, 'CHAT');
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Connected, chat']);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(connect).toHaveProperty('value', 'Connected, chat');
    expect(platform.questions.at(-1)?.connect).toBe(id('Connected, chat'));
  });

  it('keeps its choice when what is typed matches none', async () => {
    const platform = fake();
    const user = show(platform);
    const connect = await field('Connect');
    await user.clear(connect);
    await user.type(connect, 'zzz');
    expect(screen.getByRole('option', { name: 'No match' })).toBeTruthy();
    await user.click(replay().getByRole('button'));
    expect(connect).toHaveProperty('value', 'Available');
    expect(platform.questions).toHaveLength(1);
  });

  it('drops an answer that arrives after another pair was chosen', async () => {
    const answers: ((answer: WhatIfAnswer) => void)[] = [];
    const platform = fake();
    platform.whatIf = () => new Promise((resolve) => answers.push(resolve));
    const user = show(platform);
    await user.click(within(await screen.findByRole('group', { name: 'Teams' })).getByRole('checkbox'));
    const [first, second] = answers;
    const line = { when: 'When', sign: 'left', why: '' } as const;
    await act(async () => {
      second?.({ lines: [{ ...line, done: 'the newer' }] });
      await Promise.resolve();
      first?.({ lines: [{ ...line, done: 'the older' }] });
    });
    expect((await outcome()).textContent).toBe('Whenthe newer');
    expect((await outcome()).getAttribute('aria-busy')).toBe('false');
  });

  it('shows that a choice is no longer known, and reads the choices again', async () => {
    const platform = fake();
    const user = show(platform);
    await screen.findByText('Connect left alone');
    platform.choices = { connect: choices('Available', 'Coaching'), teams: choices('Available') };
    platform.made = { lines: [] };
    await user.click(await field('Connect'));
    await user.click(await screen.findByRole('option', { name: 'Lunch' }));
    expect((await outcome()).textContent).toBe('One of the two states no longer exists. Choose another.');
    expect(await field('Connect')).toHaveProperty('value', '');
    await user.click(await field('Connect'));
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Available', 'Coaching']);
    expect(platform.questions).toHaveLength(2);
  });

  it('shows that it could not be tried, and tries again without losing the focus', async () => {
    const platform = fake({ whatIf: REFUSED });
    const user = show(platform);
    await screen.findByText('The tables could not be tried.');
    platform.whatIf = () => Promise.resolve(MADE);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Connect left alone');
    expect(document.activeElement).toBe(await outcome());
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

describe('the choices', () => {
  it('are announced while they are read, and then have the focus', async () => {
    const platform = fake();
    let answer: (choices: WhatIfChoices) => void = () => undefined;
    platform.whatIfChoices = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    show(platform);
    expect(screen.getByText('Reading the states…').closest('[role=status]')).toBeTruthy();
    act(() => {
      answer(platform.choices);
    });
    const connect = await field('Connect');
    expect(document.activeElement).toBe(connect);
  });

  it('may be empty', async () => {
    show(fake({ choices: { connect: choices('Lunch'), teams: [] } }));
    expect(await screen.findByText('There are no states to try.')).toBeTruthy();
  });

  it('are read again after a failure', async () => {
    const platform = fake({ whatIfChoices: REFUSED });
    const user = show(platform);
    await screen.findByText('The states could not be read.');
    platform.whatIfChoices = () => Promise.resolve(platform.choices);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    const connect = await field('Connect');
    expect(document.activeElement).toBe(connect);
  });
});

describe('the replay', () => {
  it('starts on request, and shows how much would differ and where', async () => {
    const platform = fake({ replayed: { sentence: 'Two differ.', lines: [difference(2), difference(1)] } });
    const user = show(platform);
    await field('Connect');
    expect(platform.calls).toEqual([]);
    await user.click(replay().getByRole('button', { name: 'Replay' }));
    expect(replay().getByRole('status').textContent).toBe('Two differ.');
    const table = within(replay().getByRole('table', { name: 'Differences' }));
    expect(table.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'TimeSeenWasWith these tables',
      'Today',
      'time 2Teams: BusyConnect left aloneConnect set to Coaching',
      'Fri 20 Nov',
      'time 1Teams: BusyConnect left aloneConnect set to Coaching',
    ]);
  });

  it('shows that it runs, and runs once', async () => {
    const platform = fake();
    const play = vi.fn(NEVER);
    platform.replay = play;
    const user = show(platform);
    await user.click(replay().getByRole('button', { name: 'Replay' }));
    const running = replay().getByRole('button', { name: 'Replaying…' });
    expect(document.activeElement).toBe(running);
    await user.click(running);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it.each(['Nothing is recorded yet.', 'Writes since Mon 26 Oct: 41. All would be the same.'])(
    'has no table where it tells: %s',
    async (sentence) => {
      const user = show(fake({ replayed: { sentence, lines: [] } }));
      await user.click(replay().getByRole('button', { name: 'Replay' }));
      expect(replay().getByRole('status').textContent).toBe(sentence);
      expect(screen.queryByRole('table')).toBeNull();
    },
  );

  it('renders only the rows on screen of many differences', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => difference(500 - index));
    const user = show(fake({ replayed: { sentence: '', lines } }));
    await user.click(replay().getByRole('button', { name: 'Replay' }));
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('shows that it failed, and tries again', async () => {
    const platform = fake({ replay: REFUSED });
    const user = show(platform);
    await user.click(replay().getByRole('button', { name: 'Replay' }));
    expect(replay().getByRole('status').textContent).toBe('The timeline could not be replayed.');
    platform.replay = () => Promise.resolve({ sentence: 'None differ.', lines: [] });
    await user.click(replay().getByRole('button', { name: 'Try again' }));
    expect(replay().getByRole('status').textContent).toBe('None differ.');
  });
});

describe('the dialog', () => {
  it('closes with its list first, and then as a whole, by the Escape key', async () => {
    const onClose = vi.fn();
    const user = show(fake(), onClose);
    await user.click(await field('Connect'));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(onClose).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('opens from the timeline, and gives the focus back', async () => {
    render(
      <Theme>
        <Settings platform={fake()} first="timeline" />
      </Theme>,
    );
    const user = userEvent.setup();
    const button = screen.getByRole('button', { name: 'What if…' });
    await user.click(button);
    await field('Connect');
    await user.keyboard('{Escape}');
    await vi.waitFor(() => {
      expect(document.activeElement).toBe(button);
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('every state is free of findings by axe', () => {
  const replayed = { sentence: 'Two differ.', lines: [difference(2), difference(1)] };
  it.each<[string, FakeSettings, string]>([
    ['tried and replayed', fake({ replayed }), 'Two differ.'],
    ['loading', fake({ whatIfChoices: NEVER }), 'Reading the states…'],
    ['trying', fake({ whatIf: NEVER }), 'Trying the tables…'],
    ['not tried', fake({ whatIf: REFUSED }), 'The tables could not be tried.'],
    ['unknown', fake({ made: { lines: [] } }), 'One of the two states no longer exists. Choose another.'],
    ['failed', fake({ whatIfChoices: REFUSED, replay: REFUSED }), 'The states could not be read.'],
    ['none', fake({ choices: { connect: [], teams: [] } }), 'There are no states to try.'],
  ])('%s', async (_, platform, words) => {
    const user = show(platform);
    await user.click(replay().getByRole('button', { name: 'Replay' }));
    await screen.findByText(words);
    const context = { include: document.body, exclude: ['[data-tabster-dummy]'] };
    const { violations } = await axe.run(context, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    expect(document.body.textContent).not.toMatch(/[{}]/);
  });
});

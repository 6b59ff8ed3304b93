import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';

import type { CallBack } from '../src/bindings/CallBack';
import type { Missed } from '../src/bindings/Missed';
import { BACK, missed } from './calls';
import { FakePlatform, people, stopClock } from './fake';
import { show } from './show';

const NOT_CLEARED = { is: 'failed', sentence: 'ConnectPath did not clear the missed call.' } as const;
const OTHER = missed({ contact: 'm2', title: 'Missed: Lena Fischer (Teams)', line: '13:58' });

async function shown(...calls: Missed[]) {
  const platform = new FakePlatform(people(3), { missed: calls });
  const user = await show(platform);
  return { platform, user };
}

function rows() {
  return within(screen.getByRole('region', { name: 'Missed calls' }));
}

/** What is said of missed calls. */
function announced(): string[] {
  return screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .filter((words) => words.includes('Missed'));
}

describe('a missed call', () => {
  it('shows who called, when, and their current states', async () => {
    await shown(missed());
    const { textContent } = screen.getByRole('region', { name: 'Missed calls' });
    expect(textContent).toContain('Missed: Grace Holloway (Teams)14:02, ext 4021');
    expect(textContent).toMatch(/On a call4 min.*Available26 min/);
  });

  it('is called back, or dismissed, by its own buttons', async () => {
    const one = await shown(missed());
    const back = rows().getByRole('button', { name: 'Call back' });
    expect(document.getElementById(back.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(/^Missed: Grace/);
    await one.user.click(back);
    expect(one.platform.asked).toEqual([{ callBack: { contact: 'm1', number: BACK.dial } }]);
  });

  it('is dismissed', async () => {
    const { platform, user } = await shown(missed(), OTHER);
    const [, second] = rows().getAllByRole('button', { name: 'Dismiss' });
    if (second) await user.click(second);
    expect(platform.asked).toEqual([{ dismissMissed: { contact: 'm2' } }]);
  });

  it('is called back once by a double click, and by a key that is held down', async () => {
    stopClock();
    const { platform, user } = await shown(missed());
    await user.dblClick(rows().getByRole('button', { name: 'Call back' }));
    expect(platform.asked).toEqual([{ callBack: { contact: 'm1', number: BACK.dial } }]);
    rows().getByRole('button', { name: 'Call back' }).focus();
    await user.keyboard('{Enter>4/}');
    expect(platform.asked).toHaveLength(1);
  });

  it('accepts one of two quick presses on Dismiss, so that the next row stays', async () => {
    stopClock();
    const { platform, user } = await shown(missed(), OTHER);
    const [first, second] = rows().getAllByRole('button', { name: 'Dismiss' });
    if (first) await user.click(first);
    if (second) await user.click(second);
    expect(platform.asked).toEqual([{ dismissMissed: { contact: 'm1' } }]);
  });

  it('shows that it is being called back in the same button, which keeps the focus', async () => {
    const { platform, user } = await shown(missed());
    const button = rows().getByRole('button', { name: 'Call back' });
    button.focus();
    platform.change({ missed: [missed({ callBack: { is: 'underWay' } })] });
    expect(await rows().findByRole('button', { name: 'Calling back…' })).toBe(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(button);
    await user.click(button);
    expect(platform.asked).toEqual([]);
  });

  it('shows why a call back failed, and can be tried again', async () => {
    const { platform, user } = await shown(missed({ callBack: NOT_CLEARED }));
    expect(rows().getByText(NOT_CLEARED.sentence)).toBeTruthy();
    await user.click(rows().getByRole('button', { name: 'Call back' }));
    expect(platform.asked).toEqual([{ callBack: { contact: 'm1', number: BACK.dial } }]);
  });

  it('has no button without a number', async () => {
    await shown(missed({ who: null, callBack: { is: 'no' }, number: null }));
    expect(
      rows()
        .getAllByRole('button')
        .map(({ ariaLabel }) => ariaLabel),
    ).toEqual(['Dismiss']);
  });

  it('is announced once, and so is a failure', async () => {
    const platform = new FakePlatform(people(3));
    await show(platform);
    platform.change({ missed: [missed()] });
    const first = 'Missed: Grace Holloway (Teams), 14:02, ext 4021';
    await waitFor(() => {
      expect(announced()).toEqual([first]);
    });
    const [node] = screen.getAllByText(first);
    platform.change({ missed: [missed({ callBack: { is: 'underWay' } })] });
    await rows().findByRole('button', { name: 'Calling back…' });
    expect(announced()).toEqual([first]);
    expect(screen.getByText(first)).toBe(node);
    platform.change({ missed: [missed({ callBack: NOT_CLEARED })] });
    await waitFor(() => {
      expect(announced()).toEqual([`${first}${NOT_CLEARED.sentence}`]);
    });
    expect(screen.getByText(first)).toBe(node);
  });

  it('that is dismissed leaves the focus at the others, then at the list', async () => {
    const { platform } = await shown(missed(), OTHER);
    const region = screen.getByRole('region', { name: 'Missed calls' });
    rows().getAllByRole('button', { name: 'Dismiss' })[0]?.focus();
    platform.change({ missed: [OTHER] });
    await waitFor(() => {
      expect(document.activeElement).toBe(region);
    });
    platform.change({ missed: [] });
    await waitFor(async () => {
      expect(document.activeElement).toBe(await screen.findByRole('rowheader', { name: /^Person 1\./ }));
    });
  });

  it('does not move the focus after the person has pressed elsewhere', async () => {
    const { platform, user } = await shown(missed());
    rows().getByRole('button', { name: 'Dismiss' }).focus();
    await user.click(screen.getByRole('banner'));
    platform.change({ missed: [] });
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: 'Missed calls' })).toBeNull();
    });
    expect(document.activeElement).toBe(document.body);
  });

  it.each<CallBack>([{ is: 'offered' }, { is: 'underWay' }, NOT_CLEARED, { is: 'no' }])(
    'is free of findings by axe as %o',
    async (callBack) => {
      await shown(missed({ callBack }), OTHER);
      const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    },
  );
});

// A change is drawn where it is, and nowhere else.
import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type * as CallBars from '../src/drawer/CallBar';
import type * as Reasons from '../src/drawer/Reason';
import type * as Fields from '../src/drawer/SearchField';
import type * as AllSides from '../src/drawer/Sides';
import { EVERYONE, FakePlatform, person } from './fake';
import { show } from './show';

const drawn = vi.hoisted(() => ({ Reason: 0, SearchField: 0, Sides: 0, CallBar: 0 }));

vi.mock('../src/drawer/Reason', async (original) => {
  const { Reason } = await original<typeof Reasons>();
  return { Reason: counting('Reason', Reason) };
});
vi.mock('../src/drawer/SearchField', async (original) => {
  const module = await original<typeof Fields>();
  return { ...module, SearchField: counting('SearchField', module.SearchField) };
});
vi.mock('../src/drawer/CallBar', async (original) => {
  const { CallBar } = await original<typeof CallBars>();
  return { CallBar: counting('CallBar', CallBar) };
});
vi.mock('../src/drawer/Sides', async (original) => {
  const module = await original<typeof AllSides>();
  return { ...module, Sides: counting('Sides', module.Sides) };
});

function counting<P>(name: keyof typeof drawn, draw: (props: P) => unknown) {
  return (props: P) => {
    drawn[name] += 1;
    return draw(props) as never;
  };
}

beforeEach(() => {
  Object.assign(drawn, { Reason: 0, SearchField: 0, Sides: 0, CallBar: 0 });
});

describe('a revision that changes one row', () => {
  it('renders only that row: no header, no foot, no call bar and no other row', async () => {
    const call = {
      person: 'b',
      name: 'Person b',
      who: null,
      number: '+1',
      digits: null,
      state: { is: 'dialling' },
      hint: null,
    } as const;
    const platform = new FakePlatform([EVERYONE, person('a'), person('b')], { call });
    await show(platform);
    await screen.findByRole('rowheader', { name: /^Person b/ });
    const before = { ...drawn };
    const teams = { words: 'In a meeting', badge: 'busy', since: null } as const;
    act(() => {
      platform.change({}, [EVERYONE, person('a', { teams }), person('b')]);
    });
    await screen.findByText('In a meeting');
    expect(drawn).toEqual({ ...before, Sides: before.Sides + 1 });
  });
});

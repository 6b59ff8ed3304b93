// A banner: what it says, that it is heard whatever of it changes, and its buttons.
import { AnnounceProvider, FluentProvider } from '@fluentui/react-components';
import { act, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { IN_BROWSER, underWay } from '../dev/banners';
import { SCENES } from '../dev/scenes';
import { LOGIN } from '../dev/scenes/drawer';
import { isWindow, type Scene } from '../dev/scene';
import type { Banner as BannerView } from '../src/bindings/Banner';
import { Banner } from '../src/drawer/Banner';
import { FakePlatform, people } from './fake';
import { show } from './show';

const BANNER = underWay(IN_BROWSER, 'https://login.example/authorize');

it('announces a changed text under the same title, and nothing twice', () => {
  const announced: string[] = [];
  const announcing = { announce: (words: string) => announced.push(words) };
  const shown = (banner: BannerView) => (
    <FluentProvider>
      <AnnounceProvider value={announcing}>
        <Banner banner={banner} act={() => undefined} />
      </AnnounceProvider>
    </FluentProvider>
  );
  const { rerender } = render(shown(BANNER));
  // Fluent's own, of what came.
  announced.length = 0;
  const late = { ...BANNER, body: 'No browser window?' };
  rerender(shown(late));
  rerender(shown({ ...late, buttons: [] }));
  expect(announced).toEqual(['No browser window?']);
});

it('has at most one primary button, in every scene', () => {
  const scenes: [string, Scene][] = Object.entries(SCENES);
  const banners = scenes.flatMap(([name, scene]) => {
    const banner = isWindow(scene) ? null : scene.view.banner;
    return banner ? [[name, banner] as const] : [];
  });
  expect(banners.length).toBeGreaterThan(5);
  const loud = banners.filter(([, { buttons }]) => buttons.filter(({ kind }) => kind === 'primary').length > 1);
  expect(loud.map(([name]) => name)).toEqual([]);
});

describe('a banner', () => {
  it('shows what does not work, and its buttons act', async () => {
    const platform = new FakePlatform(people(3), { banner: LOGIN });
    const user = await show(platform);
    expect(screen.getByText('Teams needs a new login.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Teams Login' }));
    await user.click(screen.getByRole('button', { name: 'Later' }));
    expect(platform.asked).toEqual(['teamsLogin', 'later']);
  });

  it('is another element when another banner replaces it, so that Fluent announces that too', async () => {
    const banner = { level: 'offline', title: 'No network since 14:01.', body: 'It waits.' } as const;
    const platform = new FakePlatform(people(3), { banner: { ...banner, buttons: [] } });
    await show(platform);
    const before = screen.getByText('No network since 14:01.');
    act(() => {
      platform.change({ banner: { ...banner, title: 'Back?', buttons: [] } });
    });
    await screen.findByText('Back?');
    expect(before.isConnected).toBe(false);
  });
});

// What a banner says is heard, whatever of it changes.
import { AnnounceProvider, FluentProvider } from '@fluentui/react-components';
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';

import { IN_BROWSER, underWay } from '../dev/banners';
import { SCENES } from '../dev/scenes';
import { isWindow, type Scene } from '../dev/scene';
import type { Banner as BannerView } from '../src/bindings/Banner';
import { Banner } from '../src/drawer/Banner';

const BANNER = underWay(IN_BROWSER, 'https://login.example/authorize');

it('announces what it says otherwise under the same title, and nothing twice', () => {
  const announced: string[] = [];
  const announcing = { announce: (words: string) => announced.push(words) };
  const show = (banner: BannerView) => (
    <FluentProvider>
      <AnnounceProvider value={announcing}>
        <Banner banner={banner} act={() => undefined} />
      </AnnounceProvider>
    </FluentProvider>
  );
  const { rerender } = render(show(BANNER));
  // Fluent's own, of what came.
  announced.length = 0;
  const late = { ...BANNER, body: 'The browser did not come?' };
  rerender(show(late));
  rerender(show({ ...late, buttons: [] }));
  expect(announced).toEqual(['The browser did not come?']);
});

it('has one button at most that stands out, in every scene', () => {
  const scenes: [string, Scene][] = Object.entries(SCENES);
  const banners = scenes.flatMap(([name, scene]) => {
    const banner = isWindow(scene) ? null : scene.view.banner;
    return banner ? [[name, banner] as const] : [];
  });
  expect(banners.length).toBeGreaterThan(5);
  const loud = banners.filter(([, { buttons }]) => buttons.filter(({ kind }) => kind === 'primary').length > 1);
  expect(loud.map(([name]) => name)).toEqual([]);
});

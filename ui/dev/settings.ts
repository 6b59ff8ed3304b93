// The settings window's platform, made up in the page: it answers each page with the scene's own data, or with those of
// an agent at work.
import type { SettingsPlatform } from '../src/platform/platform';
import { DOCTOR } from './doctor';
import type { WindowScene } from './scene';
import { CALLS_SCENES } from './recentCalls';
import { DECISIONS, showing } from './timeline';
import { CONTROLS } from './settingsPages';
import { SETUP } from './setup';
import { TRIED } from './whatIf';

export function settingsPlatform(scene: WindowScene): SettingsPlatform {
  return {
    timeline: showing(DECISIONS),
    exportTimeline: () =>
      Promise.resolve({
        is: 'saved',
        sentence: 'Saved as connectpath-teams-timeline-2026-11-23.csv in Downloads.',
      }),
    recentCalls: () => Promise.resolve(CALLS_SCENES.calls),
    controls: () => Promise.resolve(CONTROLS),
    doctor: () => Promise.resolve(DOCTOR),
    setup: () => Promise.resolve(SETUP),
    setupSecret: () => Promise.resolve(),
    proxyPassword: () => Promise.resolve(),
    exportPolicy: () => Promise.resolve({ is: 'saved', sentence: 'Saved as policy.toml. It holds no secret.' }),
    ...TRIED,
    act: (action) => {
      document.title = `Asked for: ${JSON.stringify(action)}`;
      return Promise.resolve();
    },
    onChanged: () => Promise.resolve(() => undefined),
    onPage: () => Promise.resolve(() => undefined),
    ...scene.platform,
  };
}

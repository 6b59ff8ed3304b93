// The platforms inside the application. This folder is the only one that may import @tauri-apps.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';

import type { Controls } from '../bindings/Controls';
import type { DoctorPage } from '../bindings/DoctorPage';
import type { Lines } from '../bindings/Lines';
import type { Exported } from '../bindings/Exported';
import type { RecentCalls } from '../bindings/RecentCalls';
import type { ReplayAnswer } from '../bindings/ReplayAnswer';
import type { SettingsPage } from '../bindings/SettingsPage';
import type { SetupPage } from '../bindings/SetupPage';
import type { TimelinePage } from '../bindings/TimelinePage';
import type { View } from '../bindings/View';
import type { WhatIfAnswer } from '../bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../bindings/WhatIfChoices';
import { isDark } from '../theme/dark';
import type { Common, Platform, SettingsPlatform } from './platform';

const common: Common = {
  act: (action) => invoke('act', { action }),
  onChanged: (changed) =>
    listen<number>('changed', ({ payload }) => {
      changed(payload);
    }),
};

/** Zooms this window, 1 for 100 %. */
export const setZoom = (factor: number): Promise<void> => getCurrentWebview().setZoom(factor);

/** Reports that the page shows the current state: the window can be shown, with a background in its colour. */
export const rendered = (): Promise<void> => invoke('rendered', { dark: isDark() });

export const tauri: Platform = {
  ...common,
  view: () => invoke<View>('view'),
  lines: (start, count) => invoke<Lines>('lines', { start, count }),
  photo: (person, version) => invoke<string | null>('photo', { person, version }),
  rendered,
  onSeen: (seen) =>
    listen<boolean>('seen', ({ payload }) => {
      seen(payload);
    }),
};

export const tauriSettings: SettingsPlatform = {
  ...common,
  timeline: (tab, offset, count) => invoke<TimelinePage>('timeline', { tab, offset, count }),
  exportTimeline: () => invoke<Exported>('export_timeline'),
  recentCalls: () => invoke<RecentCalls>('recent_calls'),
  controls: () => invoke<Controls>('controls'),
  doctor: () => invoke<DoctorPage>('doctor'),
  setup: () => invoke<SetupPage>('setup'),
  setupSecret: (secret) => invoke('setup_secret', { secret }),
  proxyPassword: (password) => invoke('proxy_password', { password }),
  exportPolicy: () => invoke<Exported>('export_policy'),
  whatIfChoices: () => invoke<WhatIfChoices>('what_if_choices'),
  whatIf: (question) => invoke<WhatIfAnswer>('what_if', { question }),
  replay: () => invoke<ReplayAnswer>('replay'),
  onPage: (asked) =>
    listen<SettingsPage>('page', ({ payload }) => {
      asked(payload);
    }),
};

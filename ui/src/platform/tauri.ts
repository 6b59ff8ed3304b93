// The platform inside the application. This folder is the only one that may import @tauri-apps.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Lines } from '../bindings/Lines';
import type { View } from '../bindings/View';
import type { Platform } from './platform';

export const tauri: Platform = {
  view: () => invoke<View>('view'),
  lines: (start, count) => invoke<Lines>('lines', { start, count }),
  act: (action) => invoke('act', { action }),
  onChanged: (changed) =>
    listen<number>('changed', ({ payload }) => {
      changed(payload);
    }),
};

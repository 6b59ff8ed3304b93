// What the windows ask of the world around them. They must not know how: `tauri.ts` does, and a made-up one serves
// the tests and the development page.
import type { Action } from '../bindings/Action';
import type { Lines } from '../bindings/Lines';
import type { DoctorPage } from '../bindings/DoctorPage';
import type { SettingsPage } from '../bindings/SettingsPage';
import type { TimelineExport } from '../bindings/TimelineExport';
import type { TimelinePage } from '../bindings/TimelinePage';
import type { TimelineTab } from '../bindings/TimelineTab';
import type { View } from '../bindings/View';

/** What every window can do. */
export interface Common {
  /** Asks for something. What it changes comes back as a new revision. */
  act(action: Action): Promise<void>;
  /** Tells each new revision of what is shown; the answer ends it. */
  onChanged(changed: (revision: number) => void): Promise<() => void>;
}

/** The drawer's. */
export interface Platform extends Common {
  /** Everything but the list. */
  view(): Promise<View>;
  /** At most `count` lines of the list, from index `start`. */
  lines(start: number, count: number): Promise<Lines>;
}

/** The settings window's. */
export interface SettingsPlatform extends Common {
  /** At most `count` decisions, newest first, without the first `offset`; and the answer above them. */
  timeline(tab: TimelineTab, offset: number, count: number): Promise<TimelinePage>;
  /** Writes all decisions into a file. */
  exportTimeline(): Promise<TimelineExport>;
  /** What doctor has found so far. */
  doctor(): Promise<DoctorPage>;
  /** Tells each page that is asked for from outside; the answer ends it. */
  onPage(asked: (page: SettingsPage) => void): Promise<() => void>;
}

// What the windows need from outside. `tauri.ts` provides it in the application; the tests and the development page have
// their own.
import type { Action } from '../bindings/Action';
import type { Controls } from '../bindings/Controls';
import type { Lines } from '../bindings/Lines';
import type { DoctorPage } from '../bindings/DoctorPage';
import type { Exported } from '../bindings/Exported';
import type { RecentCalls } from '../bindings/RecentCalls';
import type { ReplayAnswer } from '../bindings/ReplayAnswer';
import type { SettingsPage } from '../bindings/SettingsPage';
import type { SetupPage } from '../bindings/SetupPage';
import type { TimelinePage } from '../bindings/TimelinePage';
import type { TimelineTab } from '../bindings/TimelineTab';
import type { View } from '../bindings/View';
import type { WhatIfAnswer } from '../bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../bindings/WhatIfChoices';
import type { WhatIfQuestion } from '../bindings/WhatIfQuestion';

/** What every window needs. */
export interface Common {
  /** Requests an action. Its result is reported as a new revision. */
  act(action: Action): Promise<void>;
  /** Reports each new revision of what is shown. Call the answer to end it. */
  onChanged(changed: (revision: number) => void): Promise<() => void>;
}

/** What the drawer needs. */
export interface Platform extends Common {
  /** Everything but the list. */
  view(): Promise<View>;
  /** At most `count` lines of the list, from index `start`. */
  lines(start: number, count: number): Promise<Lines>;
  /** A photo in this version, as a `data:` URL; none if there is none. */
  photo(person: string, version: string): Promise<string | null>;
  /** Reports that the page shows the current state, so that its window can be shown. */
  rendered(): Promise<void>;
  /** Reports that the window will be shown, or was closed. Call the answer to end it. */
  onSeen(listener: (seen: boolean) => void): Promise<() => void>;
}

/** What the settings window needs. */
export interface SettingsPlatform extends Common {
  /** At most `count` decisions, newest first, without the first `offset`; and the answer above them. */
  timeline(tab: TimelineTab, offset: number, count: number): Promise<TimelinePage>;
  /** Writes all decisions into a file. */
  exportTimeline(): Promise<Exported>;
  /** The recent calls with people of the list. */
  recentCalls(): Promise<RecentCalls>;
  /** The settings that a person may change. */
  controls(): Promise<Controls>;
  /** What doctor has found so far. */
  doctor(): Promise<DoctorPage>;
  /** The set-up wizard as it is now. */
  setup(): Promise<SetupPage>;
  /** Saves the client secret. It is never returned. */
  setupSecret(secret: string): Promise<void>;
  /** Saves the password of the proxy; an empty one removes it. It is never returned. */
  proxyPassword(password: string): Promise<void>;
  /** Writes the wizard's draft into a file, as a policy. */
  exportPolicy(): Promise<Exported>;
  /** The states that can be tried on the tables. */
  whatIfChoices(): Promise<WhatIfChoices>;
  /** Tries a pair of states on the tables of the wizard, or on the current ones. */
  whatIf(question: WhatIfQuestion): Promise<WhatIfAnswer>;
  /** Replays the recorded timeline with the tables of the wizard, or with the current ones. */
  replay(): Promise<ReplayAnswer>;
  /** Reports each page that another window or the tray opens. Call the answer to end it. */
  onPage(asked: (page: SettingsPage) => void): Promise<() => void>;
}

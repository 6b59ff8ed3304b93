// What the windows ask of the world around them. They must not know how: `tauri.ts` does, and a made-up one serves
// the tests and the development page.
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

/** What every window can do. */
export interface Common {
  /** Asks for something. What it changes comes back as a new revision. */
  act(action: Action): Promise<void>;
  /** Reports each new revision of what is shown; the answer ends it. */
  onChanged(changed: (revision: number) => void): Promise<() => void>;
}

/** The drawer's. */
export interface Platform extends Common {
  /** Everything but the list. */
  view(): Promise<View>;
  /** At most `count` lines of the list, from index `start`. */
  lines(start: number, count: number): Promise<Lines>;
  /** A photo in this version, as a `data:` URL; none if there is none. */
  photo(person: string, version: string): Promise<string | null>;
  /** Says that the page shows what is true now: its window may be seen. */
  rendered(): Promise<void>;
  /** Reports that the window is about to be seen, or was closed; the answer ends it. */
  onSeen(listener: (seen: boolean) => void): Promise<() => void>;
}

/** The settings window's. */
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
  /** Hands over the client secret. It never comes back. */
  setupSecret(secret: string): Promise<void>;
  /** Hands over the password of the proxy; an empty one takes it away. It never comes back. */
  proxyPassword(password: string): Promise<void>;
  /** Writes the policy of what the wizard shows into a file. */
  exportPolicy(): Promise<Exported>;
  /** The states that can be tried on the tables. */
  whatIfChoices(): Promise<WhatIfChoices>;
  /** What the tables of the wizard, or those in force, make of a pair of states. */
  whatIf(question: WhatIfQuestion): Promise<WhatIfAnswer>;
  /** The recorded timeline, played again with the tables of the wizard, or with those in force. */
  replay(): Promise<ReplayAnswer>;
  /** Reports each page that is asked for from outside; the answer ends it. */
  onPage(asked: (page: SettingsPage) => void): Promise<() => void>;
}

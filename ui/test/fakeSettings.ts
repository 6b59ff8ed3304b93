// The settings window's platform in a test's hands.
import type { Action } from '../src/bindings/Action';
import { CONTROLS } from '../dev/settingsPages';
import type { Controls } from '../src/bindings/Controls';
import type { DoctorPage } from '../src/bindings/DoctorPage';
import type { Exported } from '../src/bindings/Exported';
import type { RecentCalls } from '../src/bindings/RecentCalls';
import type { ReplayAnswer } from '../src/bindings/ReplayAnswer';
import type { SettingsPage } from '../src/bindings/SettingsPage';
import type { SetupPage } from '../src/bindings/SetupPage';
import type { TimelineLine } from '../src/bindings/TimelineLine';
import type { TimelinePage } from '../src/bindings/TimelinePage';
import type { TimelineTab } from '../src/bindings/TimelineTab';
import type { WhatIfAnswer } from '../src/bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../src/bindings/WhatIfChoices';
import type { WhatIfQuestion } from '../src/bindings/WhatIfQuestion';
import type { SettingsPlatform } from '../src/platform/platform';

/** The decision of this number; a higher one is younger. */
export function decision(number: number, changes: Partial<TimelineLine> = {}): TimelineLine {
  return {
    at: new Date(number * 1000).toISOString(),
    time: `time ${number}`,
    day: 'Today',
    glyph: 'connect',
    seen: `Status ${number}`,
    note: '',
    sign: 'left',
    done: 'Not written to Teams',
    why: 'Hold: shorter than 15 s',
    isWritten: false,
    ...changes,
  };
}

/** So many decisions, the newest first. */
export function decisions(count: number): TimelineLine[] {
  return Array.from({ length: count }, (_, index) => decision(count - index));
}

export class FakeSettings implements SettingsPlatform {
  readonly asked: Action[] = [];
  readonly calls: string[] = [];
  answer: TimelinePage['answer'] = {
    title: 'Why Busy?',
    because: 'Because you chose Busy in Teams yourself, at 14:02.',
    detail: 'Connect is Available.',
    button: { label: 'Release', action: 'release', kind: 'primary' },
  };
  /** The settings; none while nobody answers. */
  settings: Controls | null = CONTROLS;
  found: DoctorPage = { running: false, total: 2, checks: [], summary: '', report: '' };
  /** The recent calls; none while nobody answers. */
  recent: RecentCalls | null = { keeps: 50, locked: false, known: true, calls: [] };
  /** What the wizard shows; none while nobody answers. */
  wizard: SetupPage | null = null;
  /** Every secret that was handed over. */
  readonly secrets: string[] = [];
  /** False while no secret is taken. */
  takesSecrets = true;
  policy: Exported = { is: 'saved', sentence: 'Saved as policy.toml. It holds no secret.' };
  choices: WhatIfChoices = { connect: [], teams: [] };
  made: WhatIfAnswer = { lines: [] };
  readonly questions: WhatIfQuestion[] = [];
  replayed: ReplayAnswer = { sentence: '', lines: [] };
  /** True while no question is answered. */
  broken = false;
  #lines: TimelineLine[];
  #revision = 0;
  readonly #listeners = new Set<(revision: number) => void>();
  #page: (page: SettingsPage) => void = () => undefined;

  constructor(lines: TimelineLine[] = decisions(3)) {
    this.#lines = lines;
  }

  /** Records something else, as a new revision. */
  change(lines = this.#lines): void {
    this.#lines = lines;
    this.#revision += 1;
    for (const listener of this.#listeners) listener(this.#revision);
  }

  /** Asks for a page from outside. */
  open(page: SettingsPage): void {
    this.#page(page);
  }

  timeline(tab: TimelineTab, offset: number, count: number): Promise<TimelinePage> {
    this.calls.push(`${tab} ${offset}`);
    if (this.broken) return Promise.reject(new Error('closing'));
    const of = this.#lines.filter(({ isWritten }) => tab === 'all' || isWritten === (tab === 'written'));
    const lines = structuredClone(of.slice(offset, offset + count));
    return Promise.resolve({ answer: this.answer, tab, offset, lines, hasMore: of.length > offset + count });
  }

  exportTimeline(): Promise<Exported> {
    this.calls.push('export');
    return Promise.resolve({ is: 'saved', sentence: 'Saved.' });
  }

  controls(): Promise<Controls> {
    return this.settings ? Promise.resolve(structuredClone(this.settings)) : Promise.reject(new Error('closing'));
  }

  doctor(): Promise<DoctorPage> {
    return Promise.resolve(structuredClone(this.found));
  }

  recentCalls(): Promise<RecentCalls> {
    return this.recent ? Promise.resolve(structuredClone(this.recent)) : Promise.reject(new Error('closing'));
  }

  setup(): Promise<SetupPage> {
    return this.wizard ? Promise.resolve(structuredClone(this.wizard)) : Promise.reject(new Error('closing'));
  }

  setupSecret(secret: string): Promise<void> {
    if (!this.takesSecrets) return Promise.reject(new Error('too many requests wait to be read'));
    this.secrets.push(secret);
    return Promise.resolve();
  }

  proxyPassword(password: string): Promise<void> {
    if (!this.takesSecrets) return Promise.reject(new Error('too many requests wait to be read'));
    this.secrets.push(password);
    return Promise.resolve();
  }

  exportPolicy(): Promise<Exported> {
    this.calls.push('export policy');
    return Promise.resolve(this.policy);
  }

  whatIfChoices(): Promise<WhatIfChoices> {
    return Promise.resolve(this.choices);
  }

  whatIf(question: WhatIfQuestion): Promise<WhatIfAnswer> {
    this.questions.push(question);
    return Promise.resolve(this.made);
  }

  replay(): Promise<ReplayAnswer> {
    this.calls.push('replay');
    return Promise.resolve(this.replayed);
  }

  act(action: Action): Promise<void> {
    this.asked.push(action);
    if (this.settings && typeof action === 'object' && 'setting' in action) {
      const { key, value } = action.setting.edit;
      // What is on its way into the file is shown.
      this.settings = { ...this.settings, [key]: { ...this.settings[key], value } };
    }
    return Promise.resolve();
  }

  onChanged(changed: (revision: number) => void): Promise<() => void> {
    this.#listeners.add(changed);
    return Promise.resolve(() => {
      this.#listeners.delete(changed);
    });
  }

  onPage(page: (page: SettingsPage) => void): Promise<() => void> {
    this.#page = page;
    return Promise.resolve(() => {
      this.#page = () => undefined;
    });
  }
}

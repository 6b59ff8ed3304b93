// The settings window over made-up decisions: one fixed window for each name in `WINDOWS`.
import type { RecentCalls } from '../src/bindings/RecentCalls';
import type { SetupPage } from '../src/bindings/SetupPage';
import type { TimelineLine } from '../src/bindings/TimelineLine';
import type { TimelinePage } from '../src/bindings/TimelinePage';
import type { TimelineTab } from '../src/bindings/TimelineTab';
import type { SettingsPlatform } from '../src/platform/platform';
import type { WhatIfPlatform } from '../src/settings/whatIf/WhatIf';
import { CALLS_SCENES } from './recentCalls';
import { DOCTOR } from './doctor';
import { SETUP } from './setup';
import { SETUPS } from './setupScenes';
import { TRIED, UNTRIED } from './whatIf';

const TODAY = 'Today, Mon 23 Nov';

type Written = [time: string, glyph: TimelineLine['glyph'], seen: string, note: string, done: string, why: string];

const DECISIONS: TimelineLine[] = (
  [
    ['14:02:25', 'connect', 'Available', 'since 13:54', 'Not written to Teams', 'Person first: you picked Busy'],
    ['14:02:10', 'teams', 'Busy', 'picked by you', 'Connect left alone', 'Row “Busy, by a person”: No change'],
    ['13:54:31', 'connect', 'Available', 'for 15 s', '→ Teams set to Available', 'Row “Available”. Confirmed 13:54:32'],
    ['13:54:05', 'connect', 'After contact work', 'for 11 s', 'Not written to Teams', 'Hold: shorter than 15 s'],
    ['13:41:00', 'clock', 'Hourly sync', '', 'Nothing to write', 'Compare: both sides agree'],
    ['13:40:46', 'teams', 'In a call', 'set by us', 'Connect left alone', 'Echo: our own write at 13:40:44'],
    ['13:40:44', 'connect', 'Connected', 'for 15 s', '→ Teams set to In a call', 'Row “Connected”. Confirmed 13:40:45'],
    ['13:31:07', 'teams', 'Away', 'automatic', 'Connect left alone', 'Row “Away, automatic”: No change'],
    [
      '13:12:40',
      'teams',
      'Slowed by Microsoft',
      '',
      '! Teams not set to Away',
      'Read again at 13:13:10. Nothing was lost',
    ],
  ] satisfies Written[]
).map(([time, glyph, seen, note, words, why]) => lineOf(TODAY, time, glyph, seen, note, words, why));

/** So many days like this one, the newest first. */
function month(): TimelineLine[] {
  const days = Array.from({ length: 30 }, (_, index) => (index === 0 ? TODAY : `Day ${30 - index} of November`));
  return days.flatMap((day) => DECISIONS.map((line) => ({ ...line, day, at: `${day} ${line.time}` })));
}

function lineOf(day: string, ...[time, glyph, seen, note, words, why]: Written): TimelineLine {
  const isWritten = words.startsWith('→');
  const sign = isWritten ? 'written' : words.startsWith('!') ? 'failed' : 'left';
  return {
    at: `${day} ${time}`,
    time,
    day,
    glyph,
    seen,
    note,
    sign,
    done: words.replace(/^[→!] /, ''),
    why,
    isWritten,
  };
}

const ANSWER: TimelinePage['answer'] = {
  title: 'Why am I Busy?',
  because: 'Because you picked Busy in Teams yourself, at 14:02.',
  detail: 'Connect is Available. A status picked by hand is not overwritten.',
  button: { label: 'Release', action: 'release', kind: 'primary' },
};

const LONG: TimelinePage['answer'] = {
  title: 'Why am I Do not disturb, presenting?',
  because: 'Because Teams shows that you are presenting, and your own choice in Teams hides In a call.',
  detail:
    'Connect is After contact work. What Teams makes by itself is not overwritten, and goes by itself when it ends.',
  button: null,
};

type Scene = (tab: TimelineTab, offset: number, count: number) => Promise<TimelinePage>;

function showing(lines: readonly TimelineLine[], answer = ANSWER): Scene {
  return (tab, offset, count) => {
    const of = lines.filter(({ isWritten }) => tab === 'all' || isWritten === (tab === 'written'));
    const part = of.slice(offset, offset + count);
    return Promise.resolve({ answer, tab, offset, lines: part, hasMore: of.length > offset + count });
  };
}

interface Window {
  page: string;
  timeline: Scene;
  whatIf?: WhatIfPlatform;
  setup?: SetupPage;
  calls?: RecentCalls;
}

const WINDOWS: Readonly<Record<string, Window>> = {
  timeline: { page: 'timeline', timeline: showing(DECISIONS) },
  timelineLong: { page: 'timeline', timeline: showing(month(), LONG) },
  timelineExport: { page: 'timeline', timeline: showing(DECISIONS) },
  timelineNone: {
    page: 'timeline',
    timeline: showing([], {
      title: 'Why am I Available?',
      because: 'Nothing is recorded yet.',
      detail: '',
      button: null,
    }),
  },
  timelineLoading: { page: 'timeline', timeline: () => new Promise(() => undefined) },
  timelineFailed: { page: 'timeline', timeline: () => Promise.reject(new Error()) },
  timelineNarrow: { page: 'timeline', timeline: showing(DECISIONS) },
  timelineWhatIf: { page: 'timeline', timeline: showing(DECISIONS) },
  timelineWhatIfReplay: { page: 'timeline', timeline: showing(DECISIONS) },
  timelineWhatIfNone: { page: 'timeline', timeline: showing(DECISIONS), whatIf: UNTRIED },
  doctor: { page: 'doctor', timeline: showing(DECISIONS) },
  general: { page: 'general', timeline: showing(DECISIONS) },
  about: { page: 'about', timeline: showing(DECISIONS) },
  ...Object.fromEntries(
    Object.entries(CALLS_SCENES).map(([name, calls]) => [name, { page: 'calls', timeline: showing(DECISIONS), calls }]),
  ),
  ...Object.fromEntries(
    Object.entries(SETUPS).map(([name, setup]) => [name, { page: 'setup', timeline: showing(DECISIONS), setup }]),
  ),
};

/** The platform of the window with this name, and its page; none if no window has it. */
export function settingsScene(name: string): { platform: SettingsPlatform; page: string } | undefined {
  const scene = WINDOWS[name];
  if (!scene) return undefined;
  const platform: SettingsPlatform = {
    timeline: scene.timeline,
    exportTimeline: () =>
      Promise.resolve({
        is: 'saved',
        sentence: 'Saved as connectpath-teams-timeline-2026-11-23.csv in Downloads.',
        file: '',
      }),
    recentCalls: () => Promise.resolve(scene.calls ?? CALLS_SCENES.calls),
    doctor: () => Promise.resolve(DOCTOR),
    setup: () => Promise.resolve(scene.setup ?? SETUP),
    setupSecret: () => Promise.resolve(),
    exportPolicy: () =>
      Promise.resolve({ is: 'saved', sentence: 'Saved as policy.toml. It holds no secret.', file: '' }),
    ...(scene.whatIf ?? TRIED),
    act: (action) => {
      document.title = `Asked for: ${JSON.stringify(action)}`;
      return Promise.resolve();
    },
    onChanged: () => Promise.resolve(() => undefined),
    onPage: () => Promise.resolve(() => undefined),
  };
  return { platform, page: scene.page };
}

// Made-up decisions of the timeline, and the answer above them.
import type { TimelineLine } from '../src/bindings/TimelineLine';
import type { TimelinePage } from '../src/bindings/TimelinePage';
import type { SettingsPlatform } from '../src/platform/platform';

const TODAY = 'Today, Mon 23 Nov';

type Written = [time: string, glyph: TimelineLine['glyph'], seen: string, note: string, done: string, why: string];

export const DECISIONS: TimelineLine[] = (
  [
    ['14:02:25', 'connect', 'Available', 'since 13:54', 'Not written to Teams', 'You chose Busy in Teams yourself'],
    ['14:02:10', 'teams', 'Busy', 'chosen by you', 'Connect left alone', 'The table says No change for Busy'],
    [
      '13:54:31',
      'connect',
      'Available',
      'for 15 s',
      '→ Teams set to Available',
      'The table has Available on both sides. Confirmed 13:54:32',
    ],
    ['13:54:05', 'connect', 'After contact work', 'for 11 s', 'Not written to Teams', 'It did not last long enough'],
    ['13:41:00', 'clock', 'Hourly sync', '', 'Nothing to write', 'Teams shows Available already'],
    ['13:40:46', 'teams', 'In a call', 'set by this app', 'Connect left alone', 'Connect was set for this before'],
    [
      '13:40:44',
      'connect',
      'Connected',
      'for 15 s',
      '→ Teams set to In a call',
      'The table sets In a call for On a call. Confirmed 13:40:45',
    ],
    [
      '13:33:12',
      'connect',
      'Waiting for the second level',
      '',
      '→ Teams would have been set to Do not disturb, presenting',
      'The table sets Do not disturb for Waiting for the second level. A dry run writes nothing.',
    ],
    [
      '13:32:50',
      'connect',
      'Lunch',
      'for 15 s',
      '→ Teams set to Be right back',
      'The table sets Be right back for Lunch',
    ],
    ['13:31:07', 'teams', 'Away', 'automatic', 'Connect left alone', 'The table says No change for Away'],
    [
      '13:12:40',
      'teams',
      'Slowed by Microsoft',
      '',
      '! Teams not set to Away',
      'It did not arrive. The app tries again.',
    ],
  ] satisfies Written[]
).map(([time, glyph, seen, note, words, why]) => lineOf(TODAY, time, glyph, seen, note, words, why));

/** So many days like this one, the newest first. */
export function month(): TimelineLine[] {
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
  title: 'Why Busy?',
  because: 'Because you chose Busy in Teams yourself, at 14:02.',
  detail: 'Connect shows Available. A status that you chose yourself is not overwritten.',
  button: { label: 'Release', action: 'release', kind: 'primary' },
};

export const LONG: TimelinePage['answer'] = {
  title: 'Why Do not disturb, presenting?',
  because: 'Because Teams shows that you are presenting, and your own choice in Teams hides In a call.',
  detail:
    'Connect shows After contact work. What Teams makes by itself is not overwritten, and goes by itself when it ends.',
  button: null,
};

type Answering = SettingsPlatform['timeline'];

/** Answers with these decisions. */
export function showing(lines: readonly TimelineLine[], answer = ANSWER): Answering {
  return (tab, offset, count) => {
    const of = lines.filter(({ isWritten }) => tab === 'all' || isWritten === (tab === 'written'));
    const part = of.slice(offset, offset + count);
    return Promise.resolve({ answer, tab, offset, lines: part, hasMore: of.length > offset + count });
  };
}

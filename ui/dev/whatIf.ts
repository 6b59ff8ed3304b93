// Made-up states to try on the tables, and what the tables make of them.
import type { ReplayAnswer } from '../src/bindings/ReplayAnswer';
import type { ReplayLine } from '../src/bindings/ReplayLine';
import type { WhatIfAnswer } from '../src/bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../src/bindings/WhatIfChoices';
import type { WhatIfPlatform } from '../src/settings/whatIf/WhatIf';

/** As many statuses as a large instance has. */
const MORE = Array.from({ length: 52 }, (_, index) => `Project ${index + 1}`);

const CHOICES: WhatIfChoices = {
  connect: choices([
    'Lunch',
    'Available',
    'Coaching',
    'Training',
    'Offline',
    'Incoming',
    'Connected',
    'On hold',
    ...MORE,
  ]),
  teams: choices(['Busy', 'Available', 'Do not disturb', 'Do not disturb, presenting', 'Be right back', 'Away']),
};

const MADE: WhatIfAnswer = {
  lines: [
    {
      when: 'When Connect becomes Lunch',
      sign: 'written',
      done: 'Teams set to Be right back, after 15 s',
      why: 'Row “Lunch”',
    },
    {
      when: 'When Teams becomes Busy',
      sign: 'left',
      done: 'Connect left alone',
      why: 'Row “Busy”: No change',
    },
  ],
};

const DIFFERENCES: Omit<ReplayLine, 'day'>[] = [
  {
    time: '14:02:25',
    glyph: 'connect',
    seen: 'Lunch',
    was: 'Not written to Teams',
    would: 'Teams set to Be right back',
  },
  {
    time: '11:30:02',
    glyph: 'teams',
    seen: 'Do not disturb',
    was: 'Connect set to Coaching',
    would: 'Connect left alone',
  },
];

/** As many differences as are listed at most, the newest first. */
const REPLAYED: ReplayAnswer = {
  sentence: 'Writes since Mon 26 Oct: 4,118. Would be different: 612.',
  lines: Array.from({ length: 250 }, (_, index) => (index === 0 ? 'Today, Mon 23 Nov' : `Day ${250 - index}`)).flatMap(
    (day) => DIFFERENCES.map((line) => ({ ...line, day })),
  ),
};

/** Tables that answer everything. */
export const TRIED: WhatIfPlatform = {
  whatIfChoices: () => Promise.resolve(CHOICES),
  whatIf: () => Promise.resolve(MADE),
  replay: () => Promise.resolve(REPLAYED),
};

/** Nothing to try, and nothing recorded. */
export const UNTRIED: WhatIfPlatform = {
  whatIfChoices: () => Promise.resolve({ connect: [], teams: [] }),
  whatIf: () => Promise.resolve({ lines: [] }),
  replay: () => Promise.resolve({ sentence: 'Nothing is recorded yet.', lines: [] }),
};

function choices(words: string[]) {
  return words.map((word) => ({ id: JSON.stringify({ state: word }), words: word }));
}

// Made-up states to try on the tables, and what the tables make of them.
import type { ReplayAnswer } from '../src/bindings/ReplayAnswer';
import type { WhatIfAnswer } from '../src/bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../src/bindings/WhatIfChoices';

export const CHOICES: WhatIfChoices = {
  connect: choices(['Available', 'Lunch', 'Coaching', 'Training', 'Offline', 'Incoming', 'Connected', 'On hold']),
  teams: choices(['Available', 'Busy', 'Do not disturb', 'Do not disturb, presenting', 'Be right back', 'Away']),
};

export const MADE: WhatIfAnswer = {
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

export const REPLAYED: ReplayAnswer = {
  sentence: '2 of 41 writes would differ, since Mon 26 Oct.',
  lines: [
    {
      time: '14:02:25',
      day: 'Today, Mon 23 Nov',
      glyph: 'connect',
      seen: 'Lunch',
      was: 'Not written to Teams',
      would: 'Teams set to Be right back',
    },
    {
      time: '11:30:02',
      day: 'Today, Mon 23 Nov',
      glyph: 'teams',
      seen: 'Do not disturb',
      was: 'Connect set to Coaching',
      would: 'Connect left alone',
    },
  ],
};

function choices(words: string[]) {
  return words.map((word) => ({ id: JSON.stringify({ state: word }), words: word }));
}

// Made-up recent calls: each way, somebody who has left the list, a number that cannot be called now.
import type { RecentCall } from '../src/bindings/RecentCall';
import type { RecentCalls } from '../src/bindings/RecentCalls';
import { EVERYONE, FAVOURITES } from './people';

const TODAY = 'Today, Mon 23 Nov';
const FRIDAY = 'Fri 20 Nov';

type Call = [day: string, time: string, name: string, way: RecentCall['way'], outcome: string, number: string | null];

const CALLS: readonly Call[] = [
  [TODAY, '14:02', 'Grace Holloway', 'missed', 'Missed', '+1 206 555 0177'],
  [TODAY, '13:40', 'Tomás Ibarra', 'out', 'Outgoing, 3:42', '+1 425 555 0113'],
  [TODAY, '11:15', 'Lena Fischer', 'in', 'Incoming, 0:58', null],
  [TODAY, '09:03', 'Chiara Moretti', 'out', 'Outgoing, not connected', '+1 206 555 0177, ext 4021'],
  [FRIDAY, '16:51', 'Maximilian von Hohenstein-Wittgenstein', 'in', 'Incoming, 1:02:05', '+49 30 901820'],
  [FRIDAY, '10:20', 'Anders Dahl', 'missed', 'Missed', null],
];

/** The calls of the scene; with a sentence nobody can be called now. */
function calls(refused?: string): RecentCall[] {
  return CALLS.map(([day, time, name, way, outcome, number], id): RecentCall => {
    const who = [...FAVOURITES, ...EVERYONE].find((person) => person.name === name) ?? null;
    const sentence =
      refused ?? (who === null ? 'Not in the list any more.' : who.numbers.length === 0 ? who.callRefused : null);
    const words = number ?? '+1 206 555 0177';
    return {
      id,
      day,
      time,
      way,
      outcome,
      name,
      who: who && { ...who, person: who.id },
      number,
      callBack:
        sentence === null
          ? { is: 'offered', person: name, number: { e164: words.replace(/[^+\d]/g, ''), digits: null }, words }
          : { is: 'refused', sentence },
    };
  });
}

const KEPT = { keeps: 50, locked: false, known: true, calls: calls() };

export const CALLS_SCENES = {
  calls: KEPT,
  callsRefused: { ...KEPT, calls: calls('ConnectPath is not logged in.') },
  callsNone: { ...KEPT, calls: [] },
  callsOff: { ...KEPT, keeps: 0, locked: true, calls: [] },
  callsUnknown: { ...KEPT, known: false, calls: [] },
} as const satisfies Readonly<Record<string, RecentCalls>>;

// Made-up calls, for the tests of what is above the list.
import type { CallPerson } from '../src/bindings/CallPerson';
import type { Incoming } from '../src/bindings/Incoming';
import type { Missed } from '../src/bindings/Missed';
import { ago } from './fake';

export function caller(changes: Partial<CallPerson> = {}): CallPerson {
  return {
    person: 'grace',
    name: 'Grace Holloway',
    photo: null,
    badge: 'busy',
    there: true,
    connect: { words: 'On a call', badge: 'busy', since: ago(4) },
    teams: { words: 'Available', badge: 'available', since: ago(26) },
    ...changes,
  };
}

/** The number on which whoever was missed is called back. */
export const BACK = { dial: { e164: '+12065550177', digits: null }, words: '+1 206 555 0177' } as const;

export function incoming(changes: Partial<Incoming> = {}): Incoming {
  return {
    contact: 'c1',
    title: 'Grace Holloway (Teams) is calling, ext 4021',
    lines: ['To you directly, on +1 206 555 0142'],
    who: caller(),
    forYou: true,
    answered: null,
    ...changes,
  };
}

export function missed(changes: Partial<Missed> = {}): Missed {
  return {
    contact: 'm1',
    title: 'Missed: Grace Holloway (Teams)',
    line: '14:02, ext 4021',
    who: caller(),
    callBack: { is: 'offered' },
    number: BACK,
    ...changes,
  };
}

// The made-up calls of the development page: those that go out, those that come in, and those that were missed.
import type { CallBack } from '../src/bindings/CallBack';
import type { CallPerson } from '../src/bindings/CallPerson';
import type { CallState } from '../src/bindings/CallState';
import type { Incoming } from '../src/bindings/Incoming';
import type { Missed } from '../src/bindings/Missed';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { View } from '../src/bindings/View';
import { ago, EVERYONE, FAVOURITES, SIDES } from './people';

type Part = Partial<Omit<View, 'own'>> & { own: Partial<View['own']> };

function beside({ id, name, photo, badge, there, connect, teams }: PersonLine): CallPerson {
  return { person: id, name, photo, badge, there, connect, teams };
}

function who(name: string): CallPerson | null {
  const line = [...FAVOURITES, ...EVERYONE, ...SIDES].find((person) => person.name === name);
  return line ? beside(line) : null;
}

/** So many seconds ago. */
export function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

/** A call, while the own status follows it. */
export function calling(state: CallState, more: { name?: string; digits?: string; hint?: string } = {}): Part {
  const name = more.name ?? 'Tomás Ibarra';
  return {
    own: {
      connect: { words: 'Dialling', badge: 'busy', since: ago(0) },
      teams: { words: 'Available', badge: 'available', since: ago(12) },
      reason: { is: 'teamsFollows', at: new Date(Date.now() + 11_000).toISOString() },
    },
    call: {
      person: name,
      name,
      who: who(name),
      number: '+1 206 555 0119',
      digits: more.digits ?? null,
      hint: more.hint ?? null,
      state,
    },
  };
}

/** Calls that come in. */
export function ringing(...incoming: Incoming[]): Part {
  return {
    own: {
      connect: { words: 'Incoming', badge: 'busy', since: ago(0) },
      teams: { words: 'Available', badge: 'available', since: ago(12) },
      reason: { is: 'teamsDecides' },
    },
    incoming,
  };
}

export const DIRECT: Incoming = {
  contact: 'direct',
  title: 'Grace Holloway (Teams) is calling, ext 4021',
  lines: ['To you directly, on +1 206 555 0142'],
  who: who('Grace Holloway'),
  forYou: true,
  answered: null,
};
export const ONE_OF_TWO: Incoming = {
  contact: 'oneOfTwo',
  title: 'One of 2 is calling: Grace Holloway, Lena Fischer',
  lines: ['From +1 206 555 0119', 'To queue Billing'],
  who: null,
  forYou: true,
  answered: null,
};
export const ANONYMOUS: Incoming = {
  contact: 'anonymous',
  title: 'Somebody without a number is calling',
  lines: ['To queue Billing, on +1 206 555 0100'],
  who: null,
  forYou: true,
  answered: null,
};
export const BOTH_SIDES: Incoming = {
  contact: 'bothSides',
  title: 'Tomás Ibarra (Teams) is calling, ext 4033',
  lines: ['For Priya Raman, who was not reached, to queue Customer care, second line'],
  who: who('Tomás Ibarra'),
  forYou: true,
  answered: null,
};
export const OLD: Incoming = {
  contact: 'old',
  title: 'Liv Andersen (Teams) is calling',
  lines: ['To you directly'],
  who: who('Liv Andersen'),
  forYou: true,
  answered: null,
};

/** A call that was answered so many seconds ago. */
export function answered(call: Incoming, seconds: number): Incoming {
  const title = call.who ? `${call.who.name} (Teams)` : 'Somebody without a number';
  return { ...call, title, answered: secondsAgo(seconds) };
}

export function missed(name: string, callBack: CallBack, line = '14:02, ext 4021'): Missed {
  const number = { dial: { e164: '+12065550177', digits: null }, words: '+1 206 555 0177' };
  return { contact: `missed ${name}`, title: `Missed: ${name} (Teams)`, line, who: who(name), callBack, number };
}

export const NOBODY_MISSED: Missed = {
  contact: 'missed nobody',
  title: 'Missed: Somebody without a number',
  line: '13:47',
  who: null,
  callBack: { is: 'no' },
  number: null,
};
export const NOT_CLEARED: CallBack = {
  is: 'failed',
  sentence: 'ConnectPath did not clear the missed call. Clear it there, then call back.',
};

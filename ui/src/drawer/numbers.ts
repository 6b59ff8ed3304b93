// Which of a person's numbers can be called. Pure; Rust has decided, this only reads it.
import type { NumberLine } from '../bindings/NumberLine';
import type { PersonLine } from '../bindings/PersonLine';

/** Why this number cannot be called now; none when it can. */
export function refusal(person: PersonLine, number: NumberLine): string | null {
  return number.refused ?? person.callRefused;
}

/** The index of the number that is called where none is chosen: the first that can be; -1 if there is none. */
export function defaultNumber(person: PersonLine): number {
  return person.numbers.findIndex((number) => refusal(person, number) === null);
}

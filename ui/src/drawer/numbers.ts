// Which of a person's numbers can be called. Pure; Rust has decided it, this only reads the result.
import type { NumberLine } from '../bindings/NumberLine';
import type { PersonLine } from '../bindings/PersonLine';
import type { ShownNumber } from '../bindings/ShownNumber';

/** Why this number cannot be called now; none if it can. */
export function refusal(person: PersonLine, number: NumberLine): string | null {
  return number.refused ?? person.callRefused;
}

/** The number that is called if none is chosen: the first that can be; none if there is none. */
export function defaultNumber(person: PersonLine): ShownNumber | null {
  return person.numbers.find((number) => refusal(person, number) === null)?.dial ?? null;
}

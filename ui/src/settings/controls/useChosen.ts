// What a control shows: what the person has chosen, until the answer is there.
import { useState } from 'react';

/** What is known of a setting; a new object for every answer. */
interface Known<T> {
  value: T;
  problem: string | null;
}

/**
 * The value to show, and how to choose another one. What was chosen stays until it is in force, or until an answer says
 * why it is not.
 */
export function useChosen<T>(known: Known<T>, send: (value: T) => void): [shown: T, choose: (value: T) => void] {
  const [chosen, setChosen] = useState<{ value: T; before: Known<T> } | null>(null);
  const isOver =
    chosen !== null &&
    (known.value === chosen.value ||
      (known !== chosen.before && (known.problem !== null || known.value !== chosen.before.value)));
  if (isOver) setChosen(null);
  return [
    isOver || chosen === null ? known.value : chosen.value,
    (value) => {
      setChosen({ value, before: known });
      send(value);
    },
  ];
}

// What a control shows between a person's choice and the answer of the platform: the choice. Without it a switch would
// snap back until the answer is there. It decides nothing: the answer always has the last word.
import { createContext, useContext, useState } from 'react';

import { moment } from './query';

/** When what the controls of a page show was asked for, by `moment()`: see `Read.at`. */
export const ReadAt = createContext(0);

interface Choice<T> {
  chosen: T;
  /** When the platform had the choice, by `moment()`; none while it is on its way. */
  taken: number | null;
}

/**
 * What a control shows, and how to choose. `value` is what the platform says; `send` hands over a choice and is done
 * when the next question is answered with it in mind, or rejects if it never will be.
 */
export function useChosen<T>(value: T, send: (chosen: T) => Promise<void>): [shown: T, choose: (chosen: T) => void] {
  const readAt = useContext(ReadAt);
  const [choice, setChoice] = useState<Choice<T> | null>(null);
  const isOpen = choice !== null && (choice.taken === null || readAt < choice.taken);
  const choose = (chosen: T) => {
    const mine: Choice<T> = { chosen, taken: null };
    // A later choice is not ended by the answer to this one.
    const end = (next: Choice<T> | null) => {
      setChoice((now) => (now === mine ? next : now));
    };
    setChoice(mine);
    send(chosen).then(
      () => {
        end({ chosen, taken: moment() });
      },
      () => {
        end(null);
      },
    );
  };
  return [isOpen ? choice.chosen : value, choose];
}

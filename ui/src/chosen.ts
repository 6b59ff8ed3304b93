// What a control shows between a person's choice and the answer of the platform: the choice. Without it a switch would
// snap back until the answer arrives. The answer always replaces it.
import { createContext, useContext, useState } from 'react';

import { nextSequence } from './query';

/** When the values of the controls of a page were requested: see `QueryState.sequence`. */
export const ReadSequence = createContext(0);

interface Choice<T> {
  chosen: T;
  /** When the platform accepted the choice, by `nextSequence()`; none while that is pending. */
  accepted: number | null;
}

/**
 * What a control shows, and a function to choose. `value` is the last answer of the platform. `send` resolves once the
 * platform has accepted the choice, so that every later answer includes it, and rejects if it was not accepted.
 */
export function useChosen<T>(value: T, send: (chosen: T) => Promise<void>): [shown: T, choose: (chosen: T) => void] {
  const requested = useContext(ReadSequence);
  const [choice, setChoice] = useState<Choice<T> | null>(null);
  const isOpen = choice !== null && (choice.accepted === null || requested < choice.accepted);
  const choose = (chosen: T) => {
    const mine: Choice<T> = { chosen, accepted: null };
    // A later choice is not ended by the answer to this one.
    const end = (next: Choice<T> | null) => {
      setChoice((now) => (now === mine ? next : now));
    };
    setChoice(mine);
    send(chosen).then(
      () => {
        end({ chosen, accepted: nextSequence() });
      },
      () => {
        end(null);
      },
    );
  };
  return [isOpen ? choice.chosen : value, choose];
}

// What was chosen stays chosen until the answer: a control that shows what is known would jump back meanwhile.
import { useState } from 'react';

/** What a control shows, and how to choose. Whatever becomes known after the choice counts more than it. */
export function useChosen<T>(known: T, send: (value: T) => void): [shown: T, choose: (value: T) => void] {
  const [chosen, setChosen] = useState<{ value: T; over: T } | null>(null);
  if (chosen && known !== chosen.over) setChosen(null);
  const choose = (value: T) => {
    setChosen({ value, over: known });
    send(value);
  };
  return [chosen && known === chosen.over ? chosen.value : known, choose];
}

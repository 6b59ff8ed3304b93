// A client secret while it is typed. It is handed over whole: when the person says so, or before they go on to anything
// that needs it. It is kept nowhere else.
import { useRef, useState, type RefObject } from 'react';

export interface Secret {
  typed: string;
  /** The last one was not taken; it is still in the field. */
  refused: boolean;
  field: RefObject<HTMLInputElement | null>;
  type: (typed: string) => void;
  /** Hands over what was typed, if anything was. */
  give: () => void;
  /** Does something that needs the secret, once the platform has it; nothing if it was not taken. */
  first: (then: () => void) => void;
}

/** `hand` rejects if the secret was not taken. */
export function useSecret(hand: (secret: string) => Promise<void>): Secret {
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const latest = useRef('');
  /** One after the other: what was handed over is not handed over again. */
  const handed = useRef(Promise.resolve(true));
  const type = (value: string) => {
    latest.current = value;
    setTyped(value);
    setRefused(false);
  };
  const give = () => {
    const next = async () => {
      const secret = latest.current;
      if (!secret) return true;
      setRefused(false);
      try {
        await hand(secret);
      } catch {
        setRefused(true);
        return false;
      }
      // What was typed meanwhile is another secret.
      if (latest.current === secret) type('');
      return true;
    };
    handed.current = handed.current.then(next);
    return handed.current;
  };
  return {
    typed,
    refused,
    field,
    type,
    give: () => void give(),
    first: (then) => {
      if (!latest.current) {
        then();
        return;
      }
      void give().then((taken) => {
        if (taken) then();
        else field.current?.focus();
      });
    },
  };
}

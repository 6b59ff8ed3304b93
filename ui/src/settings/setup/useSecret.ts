// A secret while it is typed. It is submitted as a whole: when the person presses the button, or before an action that
// needs it. It is stored nowhere else.
import { useRef, useState, type RefObject } from 'react';

export interface Secret {
  typed: string;
  /** True if the last one was not accepted; it is still in the field. */
  refused: boolean;
  field: RefObject<HTMLInputElement | null>;
  type: (typed: string) => void;
  /** Submits what was typed, if anything was. */
  submit: () => void;
  /** Submits what was typed, and then calls `then`, unless the secret was not accepted. */
  submitFirst: (then: () => void) => void;
}

/** `save` rejects if the secret was not accepted. */
export function useSecret(save: (secret: string) => Promise<void>): Secret {
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const latest = useRef('');
  /** One submission after the other, so that no secret is submitted twice. */
  const submitted = useRef(Promise.resolve(true));
  const type = (value: string) => {
    latest.current = value;
    setTyped(value);
    setRefused(false);
  };
  const submit = () => {
    const next = async () => {
      const secret = latest.current;
      if (!secret) return true;
      setRefused(false);
      try {
        await save(secret);
      } catch {
        setRefused(true);
        return false;
      }
      // Keep what was typed meanwhile: it is another secret.
      if (latest.current === secret) type('');
      return true;
    };
    submitted.current = submitted.current.then(next);
    return submitted.current;
  };
  return {
    typed,
    refused,
    field,
    type,
    submit: () => void submit(),
    submitFirst: (then) => {
      if (!latest.current) {
        then();
        return;
      }
      void submit().then((accepted) => {
        if (accepted) then();
        else field.current?.focus();
      });
    },
  };
}

// A field whose value is checked in Rust: what is being typed stays, and is submitted after a pause.
import { Field, type FieldProps, Input } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';

import type { SetupField } from '../../bindings/SetupField';
import type { SetupSign } from '../../bindings/SetupSign';
import { text } from '../../text';
import styles from './Setup.module.css';

/** How long after the last key the value is submitted, in ms. */
const PAUSE = 500;

const STATES = {
  waiting: 'none',
  checking: 'none',
  good: 'success',
  warning: 'warning',
  failed: 'error',
} as const satisfies Record<SetupSign, unknown>;

/** The line below a field: the result of the check of its value, else the hint. Its space is reserved, see `.field`. */
export function below(field: SetupField, hint?: string): Partial<FieldProps> {
  if (field.says) return { validationState: STATES[field.sign], validationMessage: field.says };
  return hint ? { hint } : {};
}

interface Props {
  label: string;
  hint?: string;
  field: SetupField;
  send: (value: string) => Promise<void>;
}

export function Typed({ label, hint, field, send }: Props) {
  const [typed, setTyped] = useTyped(field.value, (value) => void send(value));
  return (
    <Field className={styles.field} label={label} {...below(field, field.locked ? text('setupPage.locked') : hint)}>
      <Input
        value={typed}
        readOnly={field.locked}
        contentAfter={field.locked ? <LockClosed16Regular /> : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => {
          setTyped(value, false);
        }}
        // The value of the element: after a fast edit the rendered value may be older.
        onBlur={({ currentTarget }) => {
          setTyped(currentTarget.value, true);
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') setTyped(currentTarget.value, true);
        }}
      />
    </Field>
  );
}

/** The value of the field, and how to change it: after a pause, or at once. */
export function useTyped(
  known: string,
  send: (value: string) => void,
): [typed: string, set: (value: string, now: boolean) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(known);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  // The wizard has what was typed: from here on the field shows the wizard's value.
  if (typed !== null && typed === known) setTyped(null);

  const submit = (value: string) => {
    clearTimeout(timer.current);
    if (value === sent.current && value === known) return;
    sent.current = value;
    send(value);
  };
  const set = (value: string, now: boolean) => {
    if (value !== (typed ?? known)) setTyped(value);
    clearTimeout(timer.current);
    if (now) submit(value);
    else
      timer.current = setTimeout(() => {
        submit(value);
      }, PAUSE);
  };
  return [typed ?? known, set];
}

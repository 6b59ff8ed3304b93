// A field whose value is checked elsewhere: what is being typed stays, and goes on after a pause.
import { Field, Input } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';

import type { SetupField } from '../../bindings/SetupField';
import type { SetupSign } from '../../bindings/SetupSign';
import { text } from '../../text';
import styles from './Setup.module.css';

/** So long after the last key what was typed goes on, in ms. */
const PAUSE = 500;

const STATES = {
  waiting: 'none',
  checking: 'none',
  good: 'success',
  warning: 'warning',
  failed: 'error',
} as const satisfies Record<SetupSign, unknown>;

interface Props {
  label: string;
  hint?: string;
  field: SetupField;
  /** A date is entered by the calendar of the system. */
  type?: 'text' | 'date';
  send: (value: string) => void;
}

export function Typed({ label, hint, field, type = 'text', send }: Props) {
  const [typed, setTyped] = useTyped(field.value, send);
  return (
    <Field
      className={styles.field}
      label={label}
      hint={field.locked ? text('setupPage.locked') : hint}
      validationState={field.says ? STATES[field.sign] : 'none'}
      validationMessage={field.says || undefined}
    >
      <Input
        type={type}
        value={typed}
        readOnly={field.locked}
        contentAfter={field.locked ? <LockClosed16Regular /> : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => {
          setTyped(value, false);
        }}
        onBlur={() => {
          setTyped(typed, true);
        }}
        onKeyDown={({ key }) => {
          if (key === 'Enter') setTyped(typed, true);
        }}
      />
    </Field>
  );
}

/** What the field shows, and how to change it: after a pause, or at once. */
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
  // What the wizard knows is what was typed: from here on the field follows it.
  if (typed !== null && typed === known) setTyped(null);

  const go = (value: string) => {
    clearTimeout(timer.current);
    if (value === sent.current && value === known) return;
    sent.current = value;
    send(value);
  };
  const set = (value: string, now: boolean) => {
    if (value !== (typed ?? known)) setTyped(value);
    clearTimeout(timer.current);
    if (now) go(value);
    else
      timer.current = setTimeout(() => {
        go(value);
      }, PAUSE);
  };
  return [typed ?? known, set];
}

// A setting that is a whole number with a unit. Steps that follow each other quickly are sent as one change.
import { SpinButton } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';

import type { NumberControl } from '../../bindings/NumberControl';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import styles from './Controls.module.css';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

/** How long after the last step the number is sent, in ms. */
const PAUSE = 400;

interface Props extends Described {
  control: NumberControl;
  /** A number with its unit: "15 seconds". */
  words: (value: number) => string;
  send: (value: number) => Promise<void>;
}

export function Amount({ label, hint, isBlocked, control, words, send }: Props) {
  const sendLater = useSendLater(send);
  const [chosen, choose] = useChosen(control.value, sendLater);
  /** What was typed, if it is not a number of the range. */
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { least, most, locked } = control;
  const isFixed = isLocked(isBlocked, control);
  const problem = wrong === null ? control.problem : text('controlsPage.range', { least, most });
  /** Sets the number that a screen reader reads: Fluent leaves the typed text there, with its unit. */
  const setSpoken = (value: number) => {
    if (field.current) field.current.ariaValueNow = String(value);
  };
  return (
    <Setting label={label} hint={hint} locked={locked} problem={problem}>
      <SpinButton
        ref={field}
        min={least}
        max={most}
        value={chosen}
        displayValue={wrong ?? words(chosen)}
        className={isFixed ? styles.fixed : undefined}
        readOnly={isFixed}
        aria-describedby={whyBlocked(isBlocked)}
        onChange={(_, { value, displayValue }) => {
          if (isFixed) return;
          const wanted = value ?? numberOf(displayValue ?? '');
          setSpoken(wanted ?? chosen);
          if (wanted === null || wanted < least || wanted > most) {
            setWrong(displayValue ?? '');
            return;
          }
          setWrong(null);
          if (wanted !== chosen) choose(wanted);
        }}
        onBlur={() => {
          setSpoken(chosen);
        }}
      />
    </Setting>
  );
}

/** The number that was typed, with or without a unit and separators; null if the text is not a number. */
function numberOf(typed: string): number | null {
  const digits = /^\s*(\d[\d,\s]{0,11})[a-z\s]*$/i.exec(typed)?.[1]?.replace(/[\s,]/g, '');
  return digits ? Number(digits) : null;
}

interface Pending<T> {
  value: T;
  timer: ReturnType<typeof setTimeout>;
  accepted: () => void;
  failed: (reason: unknown) => void;
}

/** Sends the last of several values that follow each other, at the latest when the control is unmounted. */
function useSendLater<T>(send: (value: T) => Promise<void>): (value: T) => Promise<void> {
  const pending = useRef<Pending<T> | null>(null);
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  const [flush] = useState(() => () => {
    const due = pending.current;
    pending.current = null;
    if (!due) return;
    clearTimeout(due.timer);
    latest.current(due.value).then(due.accepted, due.failed);
  });
  useEffect(() => flush, [flush]);
  return (value) =>
    new Promise((accepted, failed) => {
      // The value before is not sent, and its promise stays pending: nobody waits for it.
      clearTimeout(pending.current?.timer);
      pending.current = { value, timer: setTimeout(flush, PAUSE), accepted, failed };
    });
}

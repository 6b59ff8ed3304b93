// A setting that is a whole number with a unit. Steps that follow each other quickly go on as one.
import { SpinButton } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';

import type { NumberControl } from '../../bindings/NumberControl';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import styles from './Controls.module.css';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

/** So long after the last step the number goes on, in ms. */
const PAUSE = 400;

interface Props extends Described {
  control: NumberControl;
  /** A number with its unit: "15 seconds". */
  words: (value: number) => string;
  send: (value: number) => Promise<void>;
}

export function Amount({ label, hint, isBlocked, control, words, send }: Props) {
  const later = useLater(send);
  const [chosen, choose] = useChosen(control.value, later);
  /** What was typed and is no number of the range. */
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { least, most, locked } = control;
  const isFixed = isLocked(isBlocked, control);
  const problem = wrong === null ? control.problem : text('controlsPage.range', { least, most });
  /** Fluent leaves there what was typed, with its unit. */
  const hear = (value: number) => {
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
          hear(wanted ?? chosen);
          if (wanted === null || wanted < least || wanted > most) {
            setWrong(displayValue ?? '');
            return;
          }
          setWrong(null);
          if (wanted !== chosen) choose(wanted);
        }}
        onBlur={() => {
          hear(chosen);
        }}
      />
    </Setting>
  );
}

/** The number that was typed, with or without a unit and separators; none if it is none. */
function numberOf(typed: string): number | null {
  const digits = /^\s*(\d[\d,\s]{0,11})[a-z\s]*$/i.exec(typed)?.[1]?.replace(/[\s,]/g, '');
  return digits ? Number(digits) : null;
}

interface Pending<T> {
  value: T;
  timer: ReturnType<typeof setTimeout>;
  taken: () => void;
  failed: (reason: unknown) => void;
}

/** Sends the last of several values that follow each other, at the latest when the control goes. */
function useLater<T>(send: (value: T) => Promise<void>): (value: T) => Promise<void> {
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
    latest.current(due.value).then(due.taken, due.failed);
  });
  useEffect(() => flush, [flush]);
  return (value) =>
    new Promise((taken, failed) => {
      // The one before is not sent, and nobody waits for it.
      clearTimeout(pending.current?.timer);
      pending.current = { value, timer: setTimeout(flush, PAUSE), taken, failed };
    });
}

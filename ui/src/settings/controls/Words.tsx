// A setting that is typed. What was typed stays until it is in force, so that it can be corrected.
import { Input } from '@fluentui/react-components';
import { useState } from 'react';

import type { Control } from '../../bindings/Control';
import styles from './Controls.module.css';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

interface Props extends Described {
  control: Control<string | null>;
  /** What holds while nothing is typed. */
  placeholder: string;
  send: (value: string | null) => Promise<void>;
}

export function Words({ label, hint, isBlocked, control, placeholder, send }: Props) {
  const known = control.value ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const [before, setBefore] = useState(known);
  if (known !== before) {
    setBefore(known);
    // What was in force has changed elsewhere. If it was refused later, it stays to be corrected.
    if (control.problem === null && typed?.trim() === before) setTyped(null);
  }
  const isFixed = isLocked(isBlocked, control);
  const enter = () => {
    if (isFixed) return;
    // A refusal means that the controller is ending.
    if (typed !== null) send(typed.trim() || null).catch(() => undefined);
  };
  return (
    <Setting label={label} hint={hint} locked={control.locked} problem={control.problem}>
      <Input
        value={typed ?? known}
        placeholder={placeholder}
        title={typed ?? known}
        className={isFixed ? styles.fixed : undefined}
        readOnly={isFixed}
        aria-describedby={whyBlocked(isBlocked)}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => {
          setTyped(value);
        }}
        onBlur={enter}
        onKeyDown={({ key }) => {
          if (key === 'Enter') enter();
        }}
      />
    </Setting>
  );
}

// A setting that is typed. What was typed stays until it applies, so that it can be corrected.
import { Input } from '@fluentui/react-components';
import { useState } from 'react';

import type { Control } from '../../bindings/Control';
import styles from './Controls.module.css';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

interface Props extends Described {
  control: Control<string | null>;
  /** What applies if the field is empty. */
  placeholder: string;
  send: (value: string | null) => Promise<void>;
}

export function Words({ label, hint, isBlocked, control, placeholder, send }: Props) {
  const known = control.value ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const [before, setBefore] = useState(known);
  if (known !== before) {
    setBefore(known);
    // The setting has changed. If the typed text was refused, it stays, to be corrected.
    if (control.problem === null && typed?.trim() === before) setTyped(null);
  }
  const isFixed = isLocked(isBlocked, control);
  const submit = () => {
    if (isFixed) return;
    // It is rejected only while the controller shuts down.
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
        onBlur={submit}
        onKeyDown={({ key }) => {
          if (key === 'Enter') submit();
        }}
      />
    </Setting>
  );
}

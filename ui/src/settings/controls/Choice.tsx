// A setting that is one of a few values.
import { Dropdown, Option } from '@fluentui/react-components';
import { useState } from 'react';

import type { Control } from '../../bindings/Control';
import { useChosen } from '../../chosen';
import styles from './Controls.module.css';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

interface Props<T extends string | number> extends Described {
  control: Pick<Control<T>, 'value' | 'locked' | 'problem'>;
  /** The values, each with its words, in the order of the list. */
  options: readonly (readonly [value: T, words: string])[];
  send: (value: T) => Promise<void>;
}

export function Choice<T extends string | number>({ label, hint, isBlocked, control, options, send }: Props<T>) {
  const [chosen, choose] = useChosen(control.value, send);
  const [isOpen, setOpen] = useState(false);
  const isFixed = isLocked(isBlocked, control);
  const words = options.find(([value]) => value === chosen)?.[1] ?? '';
  return (
    <Setting label={label} hint={hint} locked={control.locked} problem={control.problem}>
      <Dropdown
        inlinePopup
        value={words}
        selectedOptions={[String(chosen)]}
        className={isFixed ? styles.fixed : undefined}
        aria-disabled={isFixed}
        aria-describedby={whyBlocked(isBlocked)}
        open={isOpen && !isFixed}
        onOpenChange={(_, { open }) => {
          setOpen(open && !isFixed);
        }}
        onOptionSelect={(_, { optionValue }) => {
          if (isFixed) return;
          const wanted = options.find(([value]) => String(value) === optionValue);
          if (wanted && wanted[0] !== chosen) choose(wanted[0]);
        }}
      >
        {options.map(([value, name]) => (
          <Option key={value} value={String(value)}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </Setting>
  );
}

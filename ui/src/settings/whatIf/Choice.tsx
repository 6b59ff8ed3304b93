// The state of one side: a field that is searched by typing, and a box for who set it.
import { Checkbox, Combobox, Field, Option } from '@fluentui/react-components';
import { useId, useState } from 'react';

import type { WhatIfChoice } from '../../bindings/WhatIfChoice';
import { text } from '../../text';
import styles from './WhatIf.module.css';

interface Props {
  label: string;
  choices: readonly WhatIfChoice[];
  /** The id of the choice; the field is empty if that no longer exists. */
  chosen: string;
  isOurs: boolean;
  /** True if the field gets the focus when it appears. */
  focused?: boolean;
  choose: (id: string) => void;
  setOurs: (isOurs: boolean) => void;
}

export function Choice({ label, choices, chosen, isOurs, focused, choose, setOurs }: Props) {
  const name = useId();
  // Null while nobody types: then the field shows the choice, and the list has all choices.
  const [typed, setTyped] = useState<string | null>(null);
  const found = choices.filter(({ words }) => fold(words).includes(fold(typed ?? '')));
  return (
    <div role="group" aria-labelledby={name} className={styles.choice}>
      <Field label={{ children: label, id: name }}>
        <Combobox
          autoFocus={focused}
          // A long list scrolls; it never covers the other side.
          positioning={{ fallbackPositions: ['above'], overflowBoundaryPadding: 8 }}
          // The arrow keys open the list, so the icon needs no tab stop.
          expandIcon={{ tabIndex: -1 }}
          value={typed ?? choices.find(({ id }) => id === chosen)?.words ?? ''}
          selectedOptions={[chosen]}
          onChange={({ target }) => {
            setTyped(target.value);
          }}
          onOptionSelect={(_, { optionValue }) => {
            // Text without a match clears the selection of the list; here the choice stays until there is another.
            if (optionValue === undefined) return;
            setTyped(null);
            choose(optionValue);
          }}
          onOpenChange={(_, { open }) => {
            if (!open) setTyped(null);
          }}
          onBlur={() => {
            setTyped(null);
          }}
        >
          {found.map(({ id, words }) => (
            <Option key={id} value={id}>
              {words}
            </Option>
          ))}
          {found.length === 0 && (
            <Option disabled text={text('whatIf.noMatch')}>
              {text('whatIf.noMatch')}
            </Option>
          )}
        </Combobox>
      </Field>
      <Checkbox
        label={text('whatIf.ours')}
        checked={isOurs}
        onChange={(_, { checked }) => {
          setOurs(checked === true);
        }}
      />
    </div>
  );
}

function fold(words: string): string {
  return words.trim().toLocaleLowerCase();
}

// A choice from a list, in a list box of Fluent: that of the system has another font and other colours.
import { Dropdown, Option } from '@fluentui/react-components';
import { createContext, useContext } from 'react';

import type { MappingChoice } from '../../bindings/MappingChoice';
import styles from './Setup.module.css';

/** The element in which the list is placed, so that it is inside a landmark. Null: where Fluent places it. */
export const Place = createContext<HTMLElement | null>(null);

interface Props {
  /** Its accessible name; omitted inside a field with a label. */
  label?: string;
  choices: readonly MappingChoice[];
  /** The id of the choice. */
  chosen: string;
  fixed?: boolean;
  size?: 'small' | 'medium';
  choose: (id: string) => void;
}

export function Pick({ label, choices, chosen, fixed, size = 'medium', choose }: Props) {
  const place = useContext(Place);
  return (
    <Dropdown
      mountNode={place}
      className={styles.pick}
      size={size}
      aria-label={label}
      disabled={fixed}
      value={choices.find(({ id }) => id === chosen)?.words ?? ''}
      selectedOptions={[chosen]}
      positioning={{ fallbackPositions: ['above'], overflowBoundaryPadding: 8 }}
      onOptionSelect={(_, { optionValue }) => {
        if (optionValue !== undefined && optionValue !== chosen) choose(optionValue);
      }}
    >
      {choices.map(({ id, words }) => (
        <Option key={id} value={id}>
          {words}
        </Option>
      ))}
    </Dropdown>
  );
}

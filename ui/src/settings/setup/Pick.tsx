// One of a list, in our own list box: the system's has another type and other colours.
import { Dropdown, Option } from '@fluentui/react-components';
import { createContext, useContext } from 'react';

import type { MappingChoice } from '../../bindings/MappingChoice';
import styles from './Setup.module.css';

/** Where the list is put on the page: what is in no landmark is not found by them. None: where Fluent puts it. */
export const Place = createContext<HTMLElement | null>(null);

interface Props {
  /** Its name; none in a field that has one. */
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

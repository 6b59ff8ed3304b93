// The search field at the bottom of the drawer. It gets the focus whenever the drawer opens.
import { Button, Input } from '@fluentui/react-components';
import { Dismiss16Regular, Search16Regular } from '@fluentui/react-icons';
import { useEffect, type RefObject } from 'react';

import type { Counts } from '../bindings/Counts';
import { text } from '../text';
import { atOpening } from '../focus';
import type { Search } from './search';
import styles from './SearchField.module.css';

interface Props {
  search: Search;
  counts: Counts;
  field: RefObject<HTMLInputElement | null>;
}

/** Focuses a field and selects its text, so that the next letter replaces it. */
export function focusAll(field: HTMLInputElement): void {
  field.focus();
  field.select();
}

export function SearchField({ search, counts: { known }, field }: Props) {
  useEffect(
    () =>
      atOpening(() => {
        if (field.current) focusAll(field.current);
      }),
    [field],
  );

  const name = known > 0 ? text('search.people', { known }) : text('search.nobody');
  return (
    <Input
      ref={field}
      className={styles.field}
      role="searchbox"
      aria-label={name}
      aria-keyshortcuts="Control+F"
      placeholder={name}
      autoComplete="off"
      spellCheck={false}
      value={search.text}
      onChange={(_, { value }) => {
        search.type(value);
      }}
      contentBefore={<Search16Regular />}
      contentAfter={
        search.text ? (
          <Button
            className={styles.clear}
            appearance="transparent"
            size="small"
            tabIndex={-1}
            icon={<Dismiss16Regular />}
            aria-label={text('search.clear')}
            onClick={() => {
              search.type('');
              field.current?.focus();
            }}
          />
        ) : undefined
      }
    />
  );
}

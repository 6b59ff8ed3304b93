// The country of numbers: a list that is searched by typing.
import { Combobox, Option } from '@fluentui/react-components';
import { useState } from 'react';

import type { Control } from '../../bindings/Control';
import type { RegionChoice } from '../../bindings/RegionChoice';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import styles from './Controls.module.css';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

/** The value of the line for no country, which is no code. */
const NONE = '-';

interface Props extends Described {
  control: Control<string | null>;
  regions: readonly RegionChoice[];
  send: (value: string | null) => Promise<void>;
}

export function Region({ label, hint, isBlocked, control, regions, send }: Props) {
  const [chosen, choose] = useChosen(control.value, send);
  /** What is searched; none while nobody types. */
  const [query, setQuery] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const isFixed = isLocked(isBlocked, control);
  const name = regions.find(({ code }) => code === chosen)?.name ?? text('controlsPage.noCountry');
  const found = query === null ? regions : regions.filter((region) => matches(region, query));
  return (
    <Setting label={label} hint={hint} locked={control.locked} problem={control.problem}>
      <Combobox
        inlinePopup
        freeform
        value={query ?? name}
        selectedOptions={[chosen ?? NONE]}
        className={isFixed ? styles.fixed : undefined}
        readOnly={isFixed}
        aria-describedby={whyBlocked(isBlocked)}
        open={isOpen && !isFixed}
        onOpenChange={(_, { open }) => {
          setOpen(open && !isFixed);
        }}
        onChange={({ target }) => {
          setQuery(target.value);
        }}
        onFocus={({ target }) => {
          target.select();
        }}
        onBlur={() => {
          setQuery(null);
        }}
        onOptionSelect={(_, { optionValue }) => {
          if (isFixed) return;
          // What is typed takes back the choice of the list, which is no choice of the person.
          if (optionValue === undefined) return;
          setQuery(null);
          const wanted = optionValue === NONE ? null : optionValue;
          if (wanted !== chosen) choose(wanted);
        }}
      >
        {query === null && <Option value={NONE}>{text('controlsPage.noCountry')}</Option>}
        {found.map((region) => (
          <Option key={region.code} value={region.code}>
            {region.name}
          </Option>
        ))}
        {found.length === 0 && (
          <Option disabled value="">
            {text('controlsPage.countryNotFound')}
          </Option>
        )}
      </Combobox>
    </Setting>
  );
}

/** By the beginning of a word of the name, or by the code; without case and marks. */
function matches({ code, name }: RegionChoice, query: string): boolean {
  const wanted = plain(query.trim());
  return code.toLowerCase() === wanted || ` ${plain(name)}`.includes(` ${wanted}`);
}

function plain(words: string): string {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

// The country of phone numbers without a country code: a list that is searched by typing.
import { Combobox, Option } from '@fluentui/react-components';
import { useMemo, useState } from 'react';

import type { Control } from '../../bindings/Control';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import styles from './Controls.module.css';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

/** The names of countries, in the language of this app. */
const NAMES = new Intl.DisplayNames('en', { type: 'region' });

/** The value of the option for no country; it is not a country code. */
const NONE = '-';

interface Props extends Described {
  control: Control<string | null>;
  /** Their ISO 3166-1 codes. */
  regions: readonly string[];
  send: (value: string | null) => Promise<void>;
}

export function Region({ label, hint, isBlocked, control, regions, send }: Props) {
  const [chosen, choose] = useChosen(control.value, send);
  /** The text of the search; null while nobody types. */
  const [query, setQuery] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const isFixed = isLocked(isBlocked, control);
  const countries = useMemo(() => byName(regions), [regions]);
  const name = chosen === null ? text('controlsPage.noCountry') : nameOf(chosen);
  const found = query === null ? countries : countries.filter((country) => matches(country, query));
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
          // Typing clears the selection of the list; the person has not chosen that.
          if (optionValue === undefined) return;
          setQuery(null);
          const wanted = optionValue === NONE ? null : optionValue;
          if (wanted !== chosen) choose(wanted);
        }}
      >
        {query === null && <Option value={NONE}>{text('controlsPage.noCountry')}</Option>}
        {found.map((country) => (
          <Option key={country.code} value={country.code}>
            {country.name}
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

interface Country {
  code: string;
  name: string;
}

function nameOf(code: string): string {
  return NAMES.of(code) ?? code;
}

/** The countries from A to Z. */
function byName(codes: readonly string[]): Country[] {
  const { compare } = new Intl.Collator('en');
  return codes.map((code) => ({ code, name: nameOf(code) })).sort((one, other) => compare(one.name, other.name));
}

/** Compares with the beginning of each word of the name, and with the code; ignores case and diacritics. */
function matches({ code, name }: Country, query: string): boolean {
  const wanted = fold(query.trim());
  return code.toLowerCase() === wanted || ` ${fold(name)}`.includes(` ${wanted}`);
}

function fold(words: string): string {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

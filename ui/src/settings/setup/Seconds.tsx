// A number of seconds as it is typed: what is none is said at the field, and not used.
import { Field, Input } from '@fluentui/react-components';

import { text } from '../../text';
import styles from './Mapping.module.css';

/** Whether it is a number of seconds, or nothing. */
export function isSeconds(words: string): boolean {
  return /^\d{0,5}$/.test(words.trim());
}

/** The number; none if nothing was typed. */
export function secondsOf(words: string): number | null {
  return words.trim() ? Number(words) : null;
}

interface Props {
  label: string;
  hint?: string;
  words: string;
  fixed?: boolean;
  change: (words: string) => void;
  /** The focus leaves the field. */
  leave?: (words: string) => void;
}

export function Seconds({ label, hint, words, fixed, change, leave }: Props) {
  const wrong = isSeconds(words)
    ? { hint }
    : ({ validationState: 'error', validationMessage: text('mappingPage.mustBeNumber') } as const);
  return (
    <Field label={label} orientation="horizontal" className={styles.seconds} {...wrong}>
      <Input
        size="small"
        inputMode="numeric"
        value={words}
        readOnly={fixed}
        contentAfter={text('mappingPage.seconds')}
        onChange={(_, { value }) => {
          change(value);
        }}
        onBlur={({ currentTarget }) => {
          leave?.(currentTarget.value);
        }}
      />
    </Field>
  );
}

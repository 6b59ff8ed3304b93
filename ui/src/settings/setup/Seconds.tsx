// A field for a number of seconds. Text that is not a number within the limits is marked, and not used.
import { Field, Input } from '@fluentui/react-components';

import type { SecondsRange } from '../../bindings/SecondsRange';
import { text } from '../../text';
import styles from './Mapping.module.css';

/** True if the text is empty, or a number of seconds within these limits. */
export function isSeconds(words: string, { least, most }: SecondsRange): boolean {
  const typed = words.trim();
  return !typed || (/^\d+$/.test(typed) && Number(typed) >= least && Number(typed) <= most);
}

/** The number; null if nothing was typed. */
export function secondsOf(words: string): number | null {
  return words.trim() ? Number(words) : null;
}

/** The problem with the text; empty if there is none. */
export function problemOf(words: string, range: SecondsRange): string {
  return isSeconds(words, range) ? '' : text('controlsPage.range', { least: range.least, most: range.most });
}

interface Props {
  label: string;
  hint?: string;
  words: string;
  /** The problem with the typed text; empty if there is none. */
  problem: string;
  fixed?: boolean;
  change: (words: string) => void;
  /** The focus leaves the field. */
  leave?: (words: string) => void;
}

export function Seconds({ label, hint, words, problem, fixed, change, leave }: Props) {
  const below = problem ? ({ validationState: 'error', validationMessage: problem } as const) : { hint };
  return (
    <Field label={label} orientation="horizontal" className={styles.seconds} {...below}>
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

// The bottom of the drawer: the search field; how many people are listed; and health at a glance, which opens the
// health page.
import { Tooltip } from '@fluentui/react-components';
import { memo, type Ref, type RefObject } from 'react';

import type { Counts } from '../bindings/Counts';
import type { Health } from '../bindings/Health';
import { useNow } from '../now';
import { text } from '../text';
import { age, MINUTE, SECOND } from '../time';
import styles from './Foot.module.css';
import { LevelIcon } from './LevelIcon';
import type { Search } from './search';
import { SearchField } from './SearchField';
import typo from './type.module.css';

interface Props {
  counts: Counts;
  search: Search;
  field: RefObject<HTMLInputElement | null>;
  /** Said for a moment in place of the count; empty if there is nothing to say. */
  said: string;
  health: Health;
  /** When health was first fetched as it is, in ms. */
  at: number;
  openHealth: () => void;
  /** The health button, for the focus to come back to. */
  ref: Ref<HTMLButtonElement>;
}

export const Foot = memo(function Foot({ counts, search, field, said, health, at, openHealth, ref }: Props) {
  const asOf = health.asOf === null ? null : Date.parse(health.asOf);
  const minute = Math.max(useNow(MINUTE), at);
  const young = asOf !== null && minute - asOf < MINUTE;
  const now = Math.max(useNow(young ? SECOND : MINUTE), at);
  const words = asOf === null ? health.words : text('health.aged', { words: health.words, age: age(asOf, now) });
  return (
    <footer className={styles.bottom}>
      <search>
        <SearchField search={search} counts={counts} field={field} />
      </search>
      <div className={`${styles.foot} ${typo.small} ${typo.quiet} ${typo.numbers}`}>
        <Count counts={counts} said={said} field={field} />
        <button ref={ref} type="button" className={`${styles.health} ${typo.focus}`} onClick={openHealth}>
          <LevelIcon level={health.level} size={16} />
          {/* Without the age: a name that changes each second would be read out each second. */}
          <span className={typo.unseen}>{text('foot.health', { words: health.words })}</span>
          <span aria-hidden="true">{words}</span>
        </button>
      </div>
    </footer>
  );
});

/** Where the list has no room for everybody, its count says whom it has room for, and leads to the others. */
function Count({ counts, said, field }: Pick<Props, 'counts' | 'said' | 'field'>) {
  const { listed, leftOut, found, loading } = counts;
  const words = said || counted(counts);
  if (said || loading || found !== null || leftOut === 0) return <span className={typo.cut}>{words}</span>;
  return (
    <Tooltip relationship="description" content={text('foot.why', { listed })}>
      <button
        type="button"
        className={`${styles.count} ${typo.cut} ${typo.focus}`}
        onClick={() => {
          field.current?.focus();
        }}
      >
        {words}
      </button>
    </Tooltip>
  );
}

/** How many of whom: "7 of 4,812", "Showing 300 of 4,812". */
export function counted({ listed, known, loading, found }: Counts): string {
  if (found !== null) return text('foot.found', { found, known });
  if (loading) return known > 0 ? text('foot.loading', { known }) : text('list.loading');
  if (listed < known) return text('foot.some', { listed, known });
  return known === 1 ? text('foot.person') : text('foot.people', { known });
}

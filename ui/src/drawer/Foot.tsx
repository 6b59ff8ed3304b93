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
import shared from '../shared.module.css';

interface Props {
  counts: Counts;
  search: Search;
  field: RefObject<HTMLInputElement | null>;
  /** Shown for a moment in place of the count; else empty. */
  notice: string;
  health: Health;
  /** When health was first fetched with its current value, in ms. */
  fetchedAt: number;
  openHealth: () => void;
  /** The health button, which gets the focus back when the health page closes. */
  ref: Ref<HTMLButtonElement>;
}

export const Foot = memo(function Foot({ counts, search, field, notice, health, fetchedAt, openHealth, ref }: Props) {
  const asOf = health.asOf === null ? null : Date.parse(health.asOf);
  const minute = Math.max(useNow(MINUTE), fetchedAt);
  const young = asOf !== null && minute - asOf < MINUTE;
  const now = Math.max(useNow(young ? SECOND : MINUTE), fetchedAt);
  const words = asOf === null ? health.words : text('health.aged', { words: health.words, age: age(asOf, now) });
  return (
    <footer className={styles.bottom}>
      <search>
        <SearchField search={search} counts={counts} field={field} />
      </search>
      <div className={`${styles.foot} ${shared.small} ${shared.quiet} ${shared.numbers}`}>
        <Count counts={counts} notice={notice} field={field} />
        <button ref={ref} type="button" className={`${styles.health} ${shared.focus}`} onClick={openHealth}>
          <LevelIcon level={health.level} size={16} />
          {/* Without the age: a name that changes each second would be read out each second. */}
          <span className={shared.visuallyHidden}>{text('foot.health', { words: health.words })}</span>
          <span aria-hidden="true">{words}</span>
        </button>
      </div>
    </footer>
  );
});

/** How many people are listed. If the list has no room for everybody, it says who is listed, and leads to the search. */
function Count({ counts, notice, field }: Pick<Props, 'counts' | 'notice' | 'field'>) {
  const { listed, leftOut, found, loading } = counts;
  const words = notice || counted(counts);
  if (notice || loading || found !== null || leftOut === 0) return <span className={shared.ellipsis}>{words}</span>;
  return (
    <Tooltip relationship="description" content={text('foot.why', { listed })}>
      <button
        type="button"
        className={`${styles.count} ${shared.ellipsis} ${shared.focus}`}
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

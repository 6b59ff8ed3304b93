// The list when the search finds nobody.
import { Search48Regular } from '@fluentui/react-icons';

import type { Counts } from '../bindings/Counts';
import { text } from '../text';
import styles from './NoPeople.module.css';
import typo from './type.module.css';

export function NoMatch({ query, counts }: { query: string; counts: Counts }) {
  return (
    <div className={styles.empty}>
      <Search48Regular className={styles.sign} aria-hidden="true" />
      <p className={`${styles.title} ${typo.body} ${typo.strong}`}>{text('list.noMatch', { query: query.trim() })}</p>
      <p className={`${styles.title} ${typo.small} ${typo.quiet}`}>{text('list.notKnown', { known: counts.known })}</p>
    </div>
  );
}

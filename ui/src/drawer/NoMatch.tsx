// The list when the search finds nobody, and what the Microsoft directory says about it.
import { Search48Regular } from '@fluentui/react-icons';

import type { Counts } from '../bindings/Counts';
import { Busy } from '../Busy';
import { text } from '../text';
import styles from './NoPeople.module.css';
import typo from './type.module.css';
import { askedWords } from './words';

export function NoMatch({ query, counts }: { query: string; counts: Counts }) {
  const asked = askedWords(counts.asked);
  return (
    <div className={styles.empty}>
      <Search48Regular className={styles.sign} aria-hidden="true" />
      <p className={`${styles.title} ${typo.body} ${typo.strong}`}>{text('list.noMatch', { query: query.trim() })}</p>
      <p className={`${styles.title} ${typo.small} ${typo.quiet}`}>{text('list.notKnown', { known: counts.known })}</p>
      {asked && (
        <div className={`${styles.asked} ${typo.body}`}>
          {counts.asked.is === 'asking' && <Busy />}
          {asked}
        </div>
      )}
    </div>
  );
}

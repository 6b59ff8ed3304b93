// Shown in place of the list if the search finds nobody, with the result of the Microsoft directory.
import { Search48Regular } from '@fluentui/react-icons';

import type { Counts } from '../bindings/Counts';
import { Busy } from '../Busy';
import { text } from '../text';
import styles from './NoPeople.module.css';
import shared from '../shared.module.css';
import { askedWords } from './words';

export function NoMatch({ query, counts }: { query: string; counts: Counts }) {
  const asked = askedWords(counts.asked);
  return (
    <div className={styles.empty}>
      <Search48Regular className={styles.sign} aria-hidden="true" />
      <p className={`${styles.title} ${shared.body} ${shared.strong}`}>
        {text('list.noMatch', { query: query.trim() })}
      </p>
      <p className={`${styles.title} ${shared.small} ${shared.quiet}`}>
        {text('list.notKnown', { known: counts.known })}
      </p>
      {asked && (
        <div className={`${styles.asked} ${shared.body}`}>
          {counts.asked.is === 'asking' && <Busy />}
          {asked}
        </div>
      )}
    </div>
  );
}

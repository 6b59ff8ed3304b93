// The list when it has nobody to show.
import { Button } from '@fluentui/react-components';

import type { Act } from '../act';
import type { Counts } from '../bindings/Counts';
import { text } from '../text';
import styles from './NoPeople.module.css';
import typo from './type.module.css';

export function NoPeople({ counts, act }: { counts: Counts; act: Act }) {
  const hidden = counts.offlineHidden && counts.known > 0;
  return (
    <div className={styles.empty}>
      <p className={`${styles.words} ${typo.body} ${typo.strong}`}>{text(hidden ? 'list.allOffline' : 'list.none')}</p>
      {hidden && (
        <Button
          onClick={() => {
            act('toggleOffline');
          }}
        >
          {text('list.showAll')}
        </Button>
      )}
    </div>
  );
}

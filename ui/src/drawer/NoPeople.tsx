// Shown in place of the list if there is nobody to list.
import { Button } from '@fluentui/react-components';

import type { Act } from '../act';
import type { Counts } from '../bindings/Counts';
import type { Stage } from '../bindings/Stage';
import { text } from '../text';
import styles from './NoPeople.module.css';
import shared from '../shared.module.css';

interface Props {
  stage: Stage;
  counts: Counts;
  act: Act;
}

export function NoPeople({ stage, counts, act }: Props) {
  const hidden = counts.offlineHidden && counts.known > 0;
  return (
    <div className={styles.empty}>
      <p className={`${styles.words} ${shared.body} ${shared.strong}`}>{words(stage, hidden)}</p>
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

function words(stage: Stage, hidden: boolean): string {
  if (hidden) return text('list.allOffline');
  return text(stage.is === 'loginNeeded' ? 'list.logIn' : 'list.none');
}

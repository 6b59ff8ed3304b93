// The way to the set-up, and where the settings stand.
import { Button } from '@fluentui/react-components';

import type { Act } from '../act';
import typo from '../drawer/type.module.css';
import { text } from '../text';
import styles from './Settings.module.css';

export function General({ act, setUp }: { act: Act; setUp: () => void }) {
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{text('generalPage.title')}</h1>
      </div>
      <p className={`${styles.words} ${typo.body}`}>{text('generalPage.setUp')}</p>
      <div>
        <Button appearance="primary" onClick={setUp}>
          {text('generalPage.openSetUp')}
        </Button>
      </div>
      <p className={`${styles.words} ${typo.body}`}>{text('generalPage.where')}</p>
      <div>
        <Button
          onClick={() => {
            act('openFolder');
          }}
        >
          {text('generalPage.openFolder')}
        </Button>
      </div>
    </div>
  );
}

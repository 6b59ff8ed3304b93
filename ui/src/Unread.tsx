// What a page shows when it could not be read. It is read again automatically; the button does so at once.
import { Button } from '@fluentui/react-components';

import shared from './shared.module.css';
import { text } from './text';
import styles from './Unread.module.css';

interface Props {
  /** What could not be read, as a sentence. */
  title: string;
  retry: () => void;
}

export function Unread({ title, retry }: Props) {
  return (
    <div className={styles.unread} role="alert">
      <p className={`${styles.title} ${shared.body} ${shared.strong}`}>{title}</p>
      <p className={`${styles.title} ${shared.body} ${shared.soft}`}>{text('unread.byItself')}</p>
      <Button onClick={retry}>{text('unread.again')}</Button>
    </div>
  );
}

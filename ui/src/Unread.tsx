// What a page shows when it could not be read. It is read again by itself; the button does so at once.
import { Button } from '@fluentui/react-components';

import typo from './drawer/type.module.css';
import { text } from './text';
import styles from './Unread.module.css';

interface Props {
  /** What could not be read, as a sentence. */
  title: string;
  again: () => void;
}

export function Unread({ title, again }: Props) {
  return (
    <div className={styles.unread} role="alert">
      <p className={`${styles.title} ${typo.body} ${typo.strong}`}>{title}</p>
      <p className={`${styles.title} ${typo.body} ${typo.soft}`}>{text('unread.byItself')}</p>
      <Button onClick={again}>{text('unread.again')}</Button>
    </div>
  );
}

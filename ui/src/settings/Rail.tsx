// The rail at the left: the product, the pages, and a note at its foot.
import type { ReactNode } from 'react';

import icon from '../../../icons/svg/app-icon.svg';
import shared from '../shared.module.css';
import { text } from '../text';
import styles from './Settings.module.css';

interface Props {
  /** Shown at the foot; empty for none. */
  note: string;
  /** The list's items. */
  children: ReactNode;
}

export function Rail({ note, children }: Props) {
  return (
    <nav className={styles.rail} aria-label={text('settingsWindow.pages')}>
      <div className={styles.product}>
        <img src={icon} width={24} height={24} alt="" />
        <span className={`${shared.body} ${shared.strong}`}>{text('settingsWindow.product')}</span>
      </div>
      <ul className={styles.items}>{children}</ul>
      <p className={`${styles.note} ${shared.small} ${shared.quiet}`}>{note}</p>
    </nav>
  );
}

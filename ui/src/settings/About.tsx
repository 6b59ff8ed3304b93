// The purpose, the version and the licence of the application.
import { version } from '../../package.json';
import shared from '../shared.module.css';
import { text } from '../text';
import styles from './Settings.module.css';

export function About() {
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{text('aboutPage.title')}</h1>
      </div>
      <p className={`${styles.words} ${shared.body}`}>{text('aboutPage.purpose')}</p>
      <p className={`${styles.words} ${shared.body} ${shared.soft}`}>
        {text('aboutPage.version', { version })}
        <br />
        {text('aboutPage.licence')}
      </p>
    </div>
  );
}

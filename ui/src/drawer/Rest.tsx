// The end of the list: how many people were just found in the directory, and how many the list has no room for.
import type { Counts } from '../bindings/Counts';
import { text } from '../text';
import styles from './PeopleList.module.css';
import shared from '../shared.module.css';
import { added } from './words';

export function Rest({ counts, focusSearch }: { counts: Counts; focusSearch: () => void }) {
  const { asked, leftOut, listed, found } = counts;
  return (
    <>
      {asked.is === 'found' && <p className={`${styles.rest} ${shared.small} ${shared.quiet}`}>{added(asked.count)}</p>}
      {leftOut > 0 && (
        <div className={`${styles.rest} ${shared.small} ${shared.quiet}`}>
          <button type="button" className={`${shared.link} ${shared.focus}`} onClick={focusSearch}>
            {text(found === null ? 'list.searchOthers' : 'list.searchOn', { count: leftOut })}
          </button>
          <p className={styles.why}>{text(found === null ? 'list.room' : 'list.roomFound', { listed })}</p>
        </div>
      )}
    </>
  );
}

// What comes after the last row: who was just found in the directory, and those for whom the list has no room.
import type { Counts } from '../bindings/Counts';
import { text } from '../text';
import styles from './PeopleList.module.css';
import typo from './type.module.css';
import { added } from './words';

export function Rest({ counts, toSearch }: { counts: Counts; toSearch: () => void }) {
  const { asked, leftOut, listed, found } = counts;
  return (
    <>
      {asked.is === 'found' && <p className={`${styles.rest} ${typo.small} ${typo.quiet}`}>{added(asked.count)}</p>}
      {leftOut > 0 && (
        <div className={`${styles.rest} ${typo.small} ${typo.quiet}`}>
          <button type="button" className={`${typo.link} ${typo.focus}`} onClick={toSearch}>
            {text(found === null ? 'list.searchOthers' : 'list.searchOn', { count: leftOut })}
          </button>
          <p className={styles.why}>{text(found === null ? 'list.room' : 'list.roomFound', { listed })}</p>
        </div>
      )}
    </>
  );
}

// The head of a section of the list, with what can be done to the section at its right.
import type { ReactNode } from 'react';

import type { DirectorySearch } from '../bindings/DirectorySearch';
import type { Line } from '../bindings/Line';
import { text } from '../text';
import styles from './SectionHead.module.css';
import typo from './type.module.css';

interface Props {
  title: string;
  /** Where it is in the list; none outside of it. */
  place?: Place;
  children?: ReactNode;
}

interface Place {
  /** The index of the line. */
  index: number;
  /** In px from the top. */
  top: number;
  /** What names the section by its title. */
  id: string;
}

export function SectionHead({ title, place, children }: Props) {
  const head = (
    <>
      <h2 id={place?.id} className={`${styles.title} ${typo.small} ${typo.strong} ${typo.quiet} ${typo.cut}`}>
        {title}
      </h2>
      {children}
    </>
  );
  if (!place) return <div className={styles.head}>{head}</div>;
  return (
    <div
      role="row"
      aria-rowindex={place.index + 1}
      className={styles.placed}
      style={{ transform: `translateY(${place.top}px)` }}
    >
      <div role="gridcell" aria-colspan={2} className={styles.head}>
        {head}
      </div>
    </div>
  );
}

/** What a head says. Who was just found in the directory is not among everyone known before. */
export function titleOf(head: Exclude<Line, { is: 'person' }>, asked: DirectorySearch): string {
  if (head.is === 'department') return head.name || text('list.noDepartment');
  if (head.section === 'everyone' && asked.is === 'found') return text('list.fromDirectory');
  return text(`list.${head.section}`);
}

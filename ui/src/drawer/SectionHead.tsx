// The head of a section of the list, with its buttons at the right.
import type { ReactNode } from 'react';

import type { DirectorySearch } from '../bindings/DirectorySearch';
import type { Line } from '../bindings/Line';
import { text } from '../text';
import styles from './SectionHead.module.css';
import shared from '../shared.module.css';

interface Props {
  title: string;
  /** Its place in the list; none for a head outside of a list. */
  place?: Place;
  children?: ReactNode;
}

interface Place {
  /** The index of the line. */
  index: number;
  /** In px from the top. */
  top: number;
  /** The id of its title, which names the section. */
  id: string;
}

export function SectionHead({ title, place, children }: Props) {
  const head = (
    <>
      <h2
        id={place?.id}
        className={`${styles.title} ${shared.small} ${shared.strong} ${shared.quiet} ${shared.ellipsis}`}
      >
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

/** The title of a head. While people were just found in the directory, they are a section of their own. */
export function titleOf(head: Exclude<Line, { is: 'person' }>, asked: DirectorySearch): string {
  if (head.is === 'department') return head.name || text('list.noDepartment');
  if (head.section === 'everyone' && asked.is === 'found') return text('list.fromDirectory');
  return text(`list.${head.section}`);
}

// The head of a section of the list, with what can be done to the section at its right.
import type { ReactNode } from 'react';

import type { DirectorySearch } from '../bindings/DirectorySearch';
import type { Line } from '../bindings/Line';
import { text } from '../text';
import styles from './SectionHead.module.css';
import typo from './type.module.css';

interface Props {
  title: string;
  /** Where it stands in the list, in px from the top; none outside of it. */
  top?: number;
  children?: ReactNode;
}

export function SectionHead({ title, top, children }: Props) {
  return (
    <div
      className={`${styles.head} ${top === undefined ? '' : styles.placed}`}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
    >
      <h2 className={`${styles.title} ${typo.small} ${typo.strong} ${typo.quiet} ${typo.cut}`}>{title}</h2>
      {children}
    </div>
  );
}

/** What a head says. Who was just found in the directory is not among everyone known before. */
export function titleOf(head: Exclude<Line, { is: 'person' }>, asked: DirectorySearch): string {
  if (head.is === 'department') return head.name || text('list.noDepartment');
  if (head.section === 'everyone' && asked.is === 'found') return text('list.fromDirectory');
  return text(`list.${head.section}`);
}

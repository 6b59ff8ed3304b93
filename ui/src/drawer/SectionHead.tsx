// The head of a section of the list, with what can be done to the section at its right.
import type { ReactNode } from 'react';

import type { Section } from '../bindings/Section';
import { text } from '../text';
import styles from './SectionHead.module.css';
import typo from './type.module.css';

interface Props {
  section: Section;
  /** Where it stands in the list, in px from the top; none outside of it. */
  top?: number;
  children?: ReactNode;
}

export function SectionHead({ section, top, children }: Props) {
  return (
    <div
      className={`${styles.head} ${top === undefined ? '' : styles.placed}`}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
    >
      <h2 className={`${styles.title} ${typo.small} ${typo.strong} ${typo.quiet}`}>{text(`list.${section}`)}</h2>
      {children}
    </div>
  );
}

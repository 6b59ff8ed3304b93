// The list while the first people are being read: eleven rows of the right size below the heads, so that little moves
// later.
import { Skeleton, SkeletonItem } from '@fluentui/react-components';
import { Fragment } from 'react';

import { text } from '../text';
import styles from './Loading.module.css';
import { SectionHead } from './SectionHead';

/** The widths of the names in each section, in px. */
const SECTIONS = [
  ['favourites', [150, 118, 164, 132]],
  ['everyone', [124, 158, 110, 142, 128, 170, 118]],
] as const;

export function Loading() {
  return (
    <div className={styles.list}>
      {SECTIONS.map(([section, widths], place) => (
        <Fragment key={section}>
          <SectionHead title={text(`list.${section}`)} />
          {/* Read out once. */}
          <Skeleton className={styles.rows} aria-label={text('list.loading')} aria-hidden={place > 0}>
            {widths.map((width, index) => (
              <div key={index} className={styles.row}>
                <SkeletonItem shape="circle" size={32} />
                <div className={styles.lines}>
                  <SkeletonItem size={12} style={{ width }} />
                  <SkeletonItem size={8} style={{ width: 0.7 * width + 30 }} />
                </div>
              </div>
            ))}
          </Skeleton>
        </Fragment>
      ))}
    </div>
  );
}

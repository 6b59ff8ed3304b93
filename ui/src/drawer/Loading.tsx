// The list while the first people are being read: eleven rows of the right size, so that nothing jumps later.
import { Skeleton, SkeletonItem } from '@fluentui/react-components';

import { text } from '../text';
import styles from './Loading.module.css';
import { SectionHead } from './SectionHead';

const WIDTHS = [150, 118, 164, 132, 124, 158, 110, 142, 128, 170, 118];

export function Loading() {
  return (
    <>
      <SectionHead section="everyone" />
      <Skeleton className={styles.rows} aria-label={text('list.loading')}>
        {WIDTHS.map((width, index) => (
          <div key={index} className={styles.row}>
            <SkeletonItem shape="circle" size={32} />
            <div className={styles.lines}>
              <SkeletonItem size={12} style={{ width }} />
              <SkeletonItem size={8} style={{ width: 0.7 * width + 30 }} />
            </div>
          </div>
        ))}
      </Skeleton>
    </>
  );
}

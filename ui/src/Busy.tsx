// A spinner: three quarters of a ring that turn. It is drawn without a mask, because WebKitGTK paints the corners of a small
// square that has a mask.
import styles from './Busy.module.css';

/** `label` is read by screen readers; omit it beside words with the same meaning. */
export function Busy({ size = 20, label }: { size?: number; label?: string }) {
  const named = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const);
  return (
    <svg className={styles.ring} width={size} height={size} viewBox="0 0 20 20" {...named}>
      <circle className={styles.track} cx="10" cy="10" r="7" />
      <circle className={styles.part} cx="10" cy="10" r="7" pathLength="100" />
    </svg>
  );
}

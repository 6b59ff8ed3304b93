// Something is under way: three quarters of a ring that turn. Drawn, and not masked: WebKitGTK paints the corners of a
// small square that is masked.
import styles from './Busy.module.css';

/** `label` is what is read out; without one it is beside words that say the same. */
export function Busy({ size = 20, label }: { size?: number; label?: string }) {
  const named = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const);
  return (
    <svg className={styles.ring} width={size} height={size} viewBox="0 0 20 20" {...named}>
      <circle className={styles.track} cx="10" cy="10" r="7" />
      <circle className={styles.part} cx="10" cy="10" r="7" pathLength="100" />
    </svg>
  );
}

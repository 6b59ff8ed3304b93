// The two glyphs that name a system: Teams is a tile with two people, Connect a headset. Decoration only: screen
// readers read the words beside them.
import styles from './Glyph.module.css';

export function TeamsGlyph({ size = 14 }: { size?: number }) {
  return (
    <svg className={styles.glyph} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <rect x="0.5" y="0.5" width="15" height="15" rx="3.5" fill="var(--tile)" />
      <g fill="var(--tile-on)">
        <circle cx="6.2" cy="5.4" r="2.15" />
        <path d="M2.4 12.2a3.8 3.7 0 0 1 7.6 0q0 .7-.7.7H3.1q-.7 0-.7-.7Z" />
        <circle cx="11.1" cy="6.2" r="1.6" />
        <path d="M11.3 12.9h1.6q.7 0 .7-.7c0-1.9-1.1-3.3-2.6-3.3q-.6 0-1 .2a4.4 4.4 0 0 1 1.3 3.8Z" />
      </g>
    </svg>
  );
}

export function ConnectGlyph({ size = 14 }: { size?: number }) {
  return (
    <svg className={styles.glyph} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <g fill="none" stroke="var(--ink)" strokeWidth="1.5" strokeLinecap="round">
        <path d="M2.6 9V7.6a5.4 5.4 0 0 1 10.8 0V9" />
        <path d="M13.2 12.4c0 1.3-1 2-2.4 2H9.2" />
      </g>
      <g fill="var(--ink)">
        <rect x="1.6" y="8" width="3.1" height="4.6" rx="1.2" />
        <rect x="11.3" y="8" width="3.1" height="4.6" rx="1.2" />
        <rect x="6.9" y="13.4" width="2.8" height="2" rx="1" />
      </g>
    </svg>
  );
}

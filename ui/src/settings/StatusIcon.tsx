// A status as an icon: each status has its own shape, so that colour is not needed to distinguish them.
import { CheckmarkCircle20Filled, Circle20Regular, ErrorCircle20Filled, Warning20Filled } from '@fluentui/react-icons';

import styles from './StatusIcon.module.css';

const ICONS = {
  good: CheckmarkCircle20Filled,
  open: Circle20Regular,
  warning: Warning20Filled,
  failed: ErrorCircle20Filled,
} as const;

export function StatusIcon({ status, label }: { status: keyof typeof ICONS; label: string }) {
  const Icon = ICONS[status];
  return <Icon className={styles[status]} role="img" aria-label={label} />;
}

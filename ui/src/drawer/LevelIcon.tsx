// Health as an icon: each level has its own shape, so that colour is not needed to distinguish them.
import {
  ArrowSync16Regular,
  ArrowSync20Regular,
  CheckmarkCircle16Filled,
  CheckmarkCircle20Filled,
  CloudOff16Regular,
  CloudOff20Regular,
  ErrorCircle16Filled,
  ErrorCircle20Filled,
  Warning16Filled,
  Warning20Filled,
} from '@fluentui/react-icons';

import type { Level } from '../bindings/Level';
import styles from './LevelIcon.module.css';

const ICONS = {
  ok: { 16: CheckmarkCircle16Filled, 20: CheckmarkCircle20Filled },
  reading: { 16: ArrowSync16Regular, 20: ArrowSync20Regular },
  warning: { 16: Warning16Filled, 20: Warning20Filled },
  problem: { 16: ErrorCircle16Filled, 20: ErrorCircle20Filled },
  offline: { 16: CloudOff16Regular, 20: CloudOff20Regular },
} as const satisfies Record<Level, unknown>;

export function LevelIcon({ level, size }: { level: Level; size: 16 | 20 }) {
  const Icon = ICONS[level][size];
  return <Icon className={styles[level]} aria-hidden="true" />;
}

// The icons of a decision: the side that was seen, and what was done. Decoration only: screen readers read the words beside
// them.
import {
  ArrowRight16Regular,
  Clock16Regular,
  SubtractCircle16Regular,
  Warning16Filled,
  type FluentIcon,
} from '@fluentui/react-icons';

import type { DoneSign } from '../bindings/DoneSign';
import type { SeenGlyph } from '../bindings/SeenGlyph';
import { ConnectGlyph, TeamsGlyph } from '../drawer/Glyph';
import styles from './Signs.module.css';

const SIGNS = {
  written: ArrowRight16Regular,
  left: SubtractCircle16Regular,
  failed: Warning16Filled,
} as const satisfies Record<DoneSign, FluentIcon>;

export function Sign({ sign }: { sign: DoneSign }) {
  const Icon = SIGNS[sign];
  return <Icon className={styles[sign]} aria-hidden="true" />;
}

export function Glyph({ glyph }: { glyph: SeenGlyph }) {
  switch (glyph) {
    case 'connect':
      return <ConnectGlyph size={14} />;
    case 'teams':
      return <TeamsGlyph size={14} />;
    case 'clock':
      return <Clock16Regular className={styles.clock} aria-hidden="true" />;
  }
}

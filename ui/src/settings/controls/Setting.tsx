// One setting: its name and what it does at the left, its control at the right, and a line for why it cannot be changed or
// was not. The line is there when it is empty, so that nothing moves.
import { Field, type FieldProps } from '@fluentui/react-components';
import { ErrorCircle12Filled, LockClosed12Regular } from '@fluentui/react-icons';
import styles from './Controls.module.css';

/** The id of what says why no setting can be changed. */
export const BLOCKED = 'settings-blocked';

/** True while the control refuses every change. It keeps its place in the order of Tab, or nobody would hear why. */
export function isLocked(isBlocked: boolean, { locked }: { locked: string | null }): boolean {
  return isBlocked || locked !== null;
}

/** The `aria-describedby` of a control, beside what its own line says. */
export function whyBlocked(isBlocked: boolean): string | undefined {
  return isBlocked ? BLOCKED : undefined;
}

/** What every control is given. */
export interface Described {
  label: string;
  /** What the setting does, in one short sentence. */
  hint: string;
  /** True while no setting can be changed. */
  isBlocked: boolean;
}

interface Props extends Pick<Described, 'label' | 'hint'> {
  /** Why it cannot be changed. */
  locked: string | null;
  /** Why the last change was not made. */
  problem: string | null;
  /** The control, or what makes one of the properties that tie it to its label. */
  children: FieldProps['children'];
}

export function Setting({ label, hint, locked, problem, children }: Props) {
  return (
    <Field
      className={styles.setting}
      label={{ className: styles.label, children: label }}
      hint={{ className: styles.hint, children: hint }}
      {...said(locked, problem)}
    >
      {children}
    </Field>
  );
}

function said(locked: string | null, problem: string | null): Partial<FieldProps> {
  if (problem !== null) {
    return {
      validationState: 'error',
      validationMessage: { className: styles.said, children: problem },
      validationMessageIcon: <ErrorCircle12Filled />,
    };
  }
  if (locked !== null) {
    return {
      validationState: 'none',
      validationMessage: { className: styles.said, children: locked },
      validationMessageIcon: <LockClosed12Regular />,
    };
  }
  return {};
}

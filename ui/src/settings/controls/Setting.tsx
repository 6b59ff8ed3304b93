// One setting: its name and hint at the left, its control at the right, and a line for the reason why it cannot be changed
// or was not changed. The line has its place when it is empty too, so that nothing moves.
import { Field, type FieldProps } from '@fluentui/react-components';
import { ErrorCircle12Filled, LockClosed12Regular } from '@fluentui/react-icons';
import styles from './Controls.module.css';

/** The id of the message why no setting can be changed. */
export const BLOCKED = 'settings-blocked';

/** True while the control refuses every change. The Tab key still reaches it, so that a screen reader reads the reason. */
export function isLocked(isBlocked: boolean, { locked }: { locked: string | null }): boolean {
  return isBlocked || locked !== null;
}

/** The `aria-describedby` of a control, in addition to its own line. */
export function whyBlocked(isBlocked: boolean): string | undefined {
  return isBlocked ? BLOCKED : undefined;
}

/** The properties of every control. */
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
  /** The control, or a function that renders it with the properties that connect it to its label. */
  children: FieldProps['children'];
}

export function Setting({ label, hint, locked, problem, children }: Props) {
  return (
    <Field
      className={styles.setting}
      label={{ className: styles.label, children: label }}
      hint={{ className: styles.hint, children: hint }}
      {...lineOf(locked, problem)}
    >
      {children}
    </Field>
  );
}

/** The line under the setting. */
function lineOf(locked: string | null, problem: string | null): Partial<FieldProps> {
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

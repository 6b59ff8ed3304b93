// A setting that is on or off.
import { Switch, useRestoreFocusTarget } from '@fluentui/react-components';

import type { Control } from '../../bindings/Control';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import { isLocked, Setting, whyBlocked, type Described } from './Setting';

interface Props extends Described {
  control: Control<boolean>;
  send: (value: boolean) => Promise<void>;
  /** Is called before a change, to confirm it: `make` makes the change, in this event or later. */
  ask?: (value: boolean, make: () => void) => void;
}

export function Flag({ label, hint, isBlocked, control, send, ask }: Props) {
  const opener = useRestoreFocusTarget();
  const [on, choose] = useChosen(control.value, send);
  const isFixed = isLocked(isBlocked, control);
  return (
    <Setting label={label} hint={hint} locked={control.locked} problem={control.problem}>
      <Switch
        {...(ask && opener)}
        checked={on}
        aria-disabled={isFixed}
        aria-describedby={whyBlocked(isBlocked)}
        label={{ 'aria-hidden': true, disabled: isFixed, children: text(on ? 'controlsPage.on' : 'controlsPage.off') }}
        onChange={(_, { checked }) => {
          if (isFixed) return;
          const make = () => {
            choose(checked);
          };
          if (ask) ask(checked, make);
          else make();
        }}
      />
    </Setting>
  );
}

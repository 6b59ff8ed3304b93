// A setting that is on or off.
import { Switch } from '@fluentui/react-components';

import type { Control } from '../../bindings/Control';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import { Setting, type Described } from './Setting';

interface Props extends Described {
  control: Control<boolean>;
  send: (value: boolean) => Promise<void>;
}

export function Flag({ label, hint, isBlocked, control, send }: Props) {
  const [on, choose] = useChosen(control.value, send);
  return (
    <Setting label={label} hint={hint} locked={control.locked} problem={control.problem}>
      <Switch
        checked={on}
        disabled={isBlocked || control.locked !== null}
        label={{ 'aria-hidden': true, children: text(on ? 'controlsPage.on' : 'controlsPage.off') }}
        onChange={(_, { checked }) => {
          choose(checked);
        }}
      />
    </Setting>
  );
}

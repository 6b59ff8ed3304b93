// Step 2: the Connect instance, and which page contains its CCP.
import { Button, Field, Radio, RadioGroup } from '@fluentui/react-components';
import { Copy16Regular } from '@fluentui/react-icons';

import type { Act } from '../../act';
import type { InstanceStep } from '../../bindings/InstanceStep';
import type { SetupName } from '../../bindings/SetupName';
import { useChosen } from '../../chosen';
import { useCopy } from '../../drawer/copy';
import shared from '../../shared.module.css';
import { text } from '../../text';
import { Checks } from './Checks';
import styles from './Setup.module.css';
import type { Edit } from './useSetup';
import { Typed } from './Typed';

export function Instance({ step, edit, act }: { step: InstanceStep; edit: Edit; act: Act }) {
  const [notice, copy] = useCopy();
  const send = (name: SetupName) => (value: string) => edit({ field: { name, value } });
  const [mode, setMode] = useChosen(step.mode.value, send('mode'));
  return (
    <div className={styles.columns}>
      <div className={styles.form}>
        <Typed
          label={text('setupName.instance')}
          hint={text('setupPage.instanceHint')}
          field={step.instance}
          send={send('instance')}
        />
        <Typed
          label={text('setupPage.start')}
          hint={text('setupPage.startHint')}
          field={step.start}
          send={send('start')}
        />
        <Field
          className={styles.box}
          label={text('setupName.mode')}
          hint={step.mode.locked ? text('setupPage.locked') : undefined}
        >
          <RadioGroup
            value={mode}
            disabled={step.mode.locked}
            onChange={(_, { value }) => {
              setMode(value);
            }}
          >
            <Radio value="same_origin" label={text('setupPage.sameOrigin')} />
            <Radio value="approved_origin" label={text('setupPage.approvedOrigin')} />
          </RadioGroup>
        </Field>
        {mode === 'approved_origin' && step.origin && (
          <div className={styles.withButton}>
            <p className={`${styles.origin} ${shared.body}`}>{text('setupPage.origin', { origin: step.origin })}</p>
            <Button
              icon={<Copy16Regular />}
              onClick={() => {
                copy(step.origin, 'text');
              }}
            >
              {text('setupPage.copy')}
            </Button>
            <span className={shared.visuallyHidden} role="status">
              {notice}
            </span>
          </div>
        )}
      </div>
      <Checks checkedAt={step.checkedAt} checks={step.checks} login={step.login} act={act} />
    </div>
  );
}

// Step 1: the app registration. The client secret passes through and is not kept here.
import { Button, Checkbox, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';

import type { Act } from '../../act';
import type { RegistrationStep } from '../../bindings/RegistrationStep';
import type { SetupName } from '../../bindings/SetupName';
import { text } from '../../text';
import { Checks } from './Checks';
import styles from './Setup.module.css';
import type { Edit } from './useSetup';
import { Typed, validation } from './Typed';

interface Props {
  step: RegistrationStep;
  edit: Edit;
  act: Act;
  /** Hands over the client secret. */
  hand: (secret: string) => void;
}

export function Registration({ step, edit, act, hand }: Props) {
  const send = (name: SetupName) => (value: string) => {
    edit({ field: { name, value } });
  };
  return (
    <div className={styles.columns}>
      <div className={styles.form}>
        <Typed label={text('setupName.tenant')} field={step.tenant} send={send('tenant')} />
        <Typed label={text('setupName.clientId')} field={step.clientId} send={send('clientId')} />
        <ClientSecret
          step={step}
          hand={hand}
          forget={() => {
            edit('forgetSecret');
          }}
        />
        {step.secretKept && (
          <Typed
            label={text('setupName.secretExpires')}
            field={step.secretExpires}
            hint={text('setupPage.dayHint')}
            send={send('secretExpires')}
          />
        )}
        <Field hint={step.adminConsent.locked ? text('setupPage.locked') : text('setupPage.adminConsentHint')}>
          <Checkbox
            label={text('setupPage.adminConsent')}
            checked={step.adminConsent.value === 'true'}
            disabled={step.adminConsent.locked}
            onChange={(_, { checked }) => {
              send('adminConsent')(String(checked === true));
            }}
          />
        </Field>
      </div>
      <Checks at={step.checkedAt} checks={step.checks} act={act} />
    </div>
  );
}

function ClientSecret({ step, hand, forget }: { step: RegistrationStep; hand: Props['hand']; forget: () => void }) {
  const [secret, setSecret] = useState('');
  const give = () => {
    if (!secret) return;
    hand(secret);
    setSecret('');
  };
  return (
    <div className={styles.withButton}>
      <Field
        className={styles.field}
        label={text('setupPage.secret')}
        hint={text(step.secretKept ? 'setupPage.secretKept' : 'setupPage.secretHint')}
        {...validation(step.secret)}
      >
        <Input
          type="password"
          value={secret}
          autoComplete="off"
          placeholder={step.secretKept ? '••••••••' : undefined}
          onChange={(_, { value }) => {
            setSecret(value);
          }}
          onBlur={give}
          onKeyDown={({ key }) => {
            if (key === 'Enter') give();
          }}
        />
      </Field>
      {step.secretKept && <Button onClick={forget}>{text('setupPage.forgetSecret')}</Button>}
    </div>
  );
}

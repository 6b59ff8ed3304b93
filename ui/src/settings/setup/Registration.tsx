// Step 1: the app registration. The client secret passes through and is not kept here.
import { Button, Checkbox, Field, Input } from '@fluentui/react-components';
import { useRef, useState } from 'react';

import type { Act } from '../../act';
import type { RegistrationStep } from '../../bindings/RegistrationStep';
import type { SetupName } from '../../bindings/SetupName';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import { Checks } from './Checks';
import styles from './Setup.module.css';
import type { Edit } from './useSetup';
import { Typed, below } from './Typed';

interface Props {
  step: RegistrationStep;
  edit: Edit;
  act: Act;
  /** Hands over the client secret; rejects if it was not taken. */
  hand: (secret: string) => Promise<void>;
}

export function Registration({ step, edit, act, hand }: Props) {
  const send = (name: SetupName) => (value: string) => edit({ field: { name, value } });
  const [consented, setConsented] = useChosen(step.adminConsent.value, send('adminConsent'));
  return (
    <div className={styles.columns}>
      <div className={styles.form}>
        <Typed label={text('setupName.tenant')} field={step.tenant} send={send('tenant')} />
        <Typed label={text('setupName.clientId')} field={step.clientId} send={send('clientId')} />
        <Field
          className={styles.box}
          hint={step.adminConsent.locked ? text('setupPage.locked') : text('setupPage.adminConsentHint')}
        >
          <Checkbox
            label={text('setupPage.adminConsent')}
            checked={consented === 'true'}
            disabled={step.adminConsent.locked}
            onChange={(_, { checked }) => {
              setConsented(String(checked === true));
            }}
          />
        </Field>
        <ClientSecret
          step={step}
          hand={hand}
          forget={() => {
            void edit('forgetSecret');
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
      </div>
      <Checks at={step.checkedAt} checks={step.checks} login={step.login} act={act} />
    </div>
  );
}

function ClientSecret({ step, hand, forget }: { step: RegistrationStep; hand: Props['hand']; forget: () => void }) {
  const [secret, setSecret] = useState('');
  const [refused, setRefused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const give = () => {
    if (!secret) return;
    setRefused(false);
    hand(secret).then(
      () => {
        // What was typed meanwhile is another secret.
        setSecret((typed) => (typed === secret ? '' : typed));
      },
      () => {
        setRefused(true);
      },
    );
  };
  const hint = text(step.secretKept ? 'setupPage.secretKept' : 'setupPage.secretHint');
  return (
    <div>
      <Field
        className={styles.field}
        label={text('setupPage.secret')}
        {...(refused
          ? { validationState: 'error', validationMessage: text('setupPage.secretRefused') }
          : below(step.secret, hint))}
      >
        <Input
          ref={input}
          type="password"
          value={secret}
          autoComplete="off"
          placeholder={step.secretKept ? '••••••••' : undefined}
          onChange={(_, { value }) => {
            setSecret(value);
            setRefused(false);
          }}
          onKeyDown={({ key }) => {
            if (key === 'Enter') give();
          }}
        />
      </Field>
      <div className={styles.secretButtons}>
        <Button disabledFocusable={!secret} onClick={give}>
          {text('setupPage.useSecret')}
        </Button>
        {step.secretKept && (
          <Button
            onClick={() => {
              forget();
              input.current?.focus();
            }}
          >
            {text('setupPage.forgetSecret')}
          </Button>
        )}
      </div>
    </div>
  );
}

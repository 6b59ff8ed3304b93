// Step 1: the app registration. A button here first submits the client secret that was typed.
import { Button, Checkbox, Field, Input } from '@fluentui/react-components';

import type { Act } from '../../act';
import type { RegistrationStep } from '../../bindings/RegistrationStep';
import type { SetupName } from '../../bindings/SetupName';
import { useChosen } from '../../chosen';
import { text } from '../../text';
import { Checks } from './Checks';
import styles from './Setup.module.css';
import { Typed, below } from './Typed';
import type { Secret } from './useSecret';
import type { Edit } from './useSetup';

interface Props {
  step: RegistrationStep;
  edit: Edit;
  act: Act;
  secret: Secret;
}

export function Registration({ step, edit, act, secret }: Props) {
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
          secret={secret}
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
      <Checks
        checkedAt={step.checkedAt}
        checks={step.checks}
        login={step.login}
        act={(action) => {
          secret.submitFirst(() => {
            act(action);
          });
        }}
      />
    </div>
  );
}

function ClientSecret({ step, secret, forget }: { step: RegistrationStep; secret: Secret; forget: () => void }) {
  const { typed, refused, field, type, submit } = secret;
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
          ref={field}
          type="password"
          value={typed}
          autoComplete="off"
          placeholder={step.secretKept ? '••••••••' : undefined}
          onChange={(_, { value }) => {
            type(value);
          }}
          onKeyDown={({ key }) => {
            if (key === 'Enter') submit();
          }}
        />
      </Field>
      <div className={styles.secretButtons}>
        <Button disabledFocusable={!typed} onClick={submit}>
          {text('setupPage.useSecret')}
        </Button>
        {step.secretKept && (
          <Button
            onClick={() => {
              forget();
              field.current?.focus();
            }}
          >
            {text('setupPage.forgetSecret')}
          </Button>
        )}
      </div>
    </div>
  );
}

// The proxy of this app, the hosts reached without it, and the login at the proxy. The password is saved and never shown again.
import { Button, Input } from '@fluentui/react-components';

import shared from '../shared.module.css';
import { text } from '../text';
import type { Known } from './controls/ControlsPage';
import { Setting, whyBlocked } from './controls/Setting';
import { Words } from './controls/Words';
import styles from './Network.module.css';
import { useSecret } from './setup/useSecret';

interface Props extends Known {
  /** Saves a password; an empty one removes it. */
  savePassword: (password: string) => Promise<void>;
}

export function Network({ controls, isBlocked, send, savePassword }: Props) {
  const { proxy, proxyUser, bypass, usualBypass, proxyPassword } = controls;
  return (
    <>
      <h2 className={`${styles.title} ${shared.body} ${shared.strong}`}>{text('generalPage.network')}</h2>
      <Words
        label={text('generalPage.proxy')}
        hint={text('generalPage.proxyHint')}
        isBlocked={isBlocked}
        control={proxy}
        placeholder={text('generalPage.systemProxy')}
        send={(value) => send({ key: 'proxy', value })}
      />
      {(proxy.value ?? proxyUser.value) !== null && (
        <Words
          label={text('generalPage.proxyUser')}
          hint={text('generalPage.proxyUserHint')}
          isBlocked={isBlocked}
          control={proxyUser}
          placeholder={text('generalPage.noProxyUser')}
          send={(value) => send({ key: 'proxyUser', value })}
        />
      )}
      {proxyPassword && <Password control={proxyPassword} isBlocked={isBlocked} savePassword={savePassword} />}
      <Words
        label={text('generalPage.bypass')}
        hint={text('generalPage.bypassHint')}
        isBlocked={isBlocked}
        control={bypass}
        placeholder={bypass.value === '' ? text('generalPage.bypassNothing') : usualBypass}
        send={(value) => send({ key: 'bypass', value })}
      />
    </>
  );
}

interface PasswordProps {
  control: NonNullable<Known['controls']['proxyPassword']>;
  isBlocked: boolean;
  savePassword: (password: string) => Promise<void>;
}

function Password({ control, isBlocked, savePassword }: PasswordProps) {
  const { typed, refused, field, type, submit } = useSecret(savePassword);
  return (
    <Setting
      label={text('generalPage.proxyPassword')}
      hint={text(control.isKnown ? 'generalPage.proxyPasswordKnown' : 'generalPage.proxyPasswordHint')}
      locked={null}
      problem={refused ? text('generalPage.proxyPasswordRefused') : control.problem}
    >
      {(described) => (
        <div className={styles.password}>
          <Input
            {...described}
            ref={field}
            type="password"
            value={typed}
            autoComplete="off"
            placeholder={control.isKnown ? '••••••••' : undefined}
            aria-describedby={[described['aria-describedby'], whyBlocked(isBlocked)].filter(Boolean).join(' ')}
            onChange={(_, { value }) => {
              type(value);
            }}
            onKeyDown={({ key }) => {
              if (key === 'Enter') submit();
            }}
          />
          <div className={styles.buttons}>
            <Button size="small" disabledFocusable={!typed} onClick={submit}>
              {text('generalPage.useProxyPassword')}
            </Button>
            {control.isKnown && (
              <Button
                size="small"
                onClick={() => {
                  // It is refused only while the controller shuts down.
                  savePassword('').catch(() => undefined);
                  field.current?.focus();
                }}
              >
                {text('generalPage.forgetProxyPassword')}
              </Button>
            )}
          </div>
        </div>
      )}
    </Setting>
  );
}

// General settings: start, theme, notifications, network, and the ways to the set-up and to the settings file.
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';

import shared from '../shared.module.css';
import { text } from '../text';
import { Choice } from './controls/Choice';
import styles from './controls/Controls.module.css';
import { ControlsPage, type ControlsProps } from './controls/ControlsPage';
import { Flag } from './controls/Flag';
import { Network } from './Network';

const THEMES = (['system', 'light', 'dark', 'contrast'] as const).map(
  (theme) => [theme, text(`generalPage.themes.${theme}`)] as const,
);

const NOTICES = (['all', 'important'] as const).map((which) => [which, text(`generalPage.notices.${which}`)] as const);

export function General({ setUp, ...props }: ControlsProps & { setUp: () => void }) {
  return (
    <ControlsPage title={text('generalPage.title')} {...props}>
      {({ controls, isBlocked, send }) => (
        <>
          <Flag
            label={text('generalPage.start')}
            hint={text('generalPage.startHint')}
            isBlocked={isBlocked}
            control={controls.startWithSystem}
            send={(value) => send({ key: 'startWithSystem', value })}
          />
          <Choice
            label={text('generalPage.theme')}
            hint={text('generalPage.themeHint')}
            isBlocked={isBlocked}
            control={controls.theme}
            options={THEMES}
            send={(value) => send({ key: 'theme', value })}
          />
          <Choice
            label={text('generalPage.notifications')}
            hint={text('generalPage.notificationsHint')}
            isBlocked={isBlocked}
            control={controls.notifications}
            options={NOTICES}
            send={(value) => send({ key: 'notifications', value })}
          />
          <Network
            controls={controls}
            isBlocked={isBlocked}
            send={send}
            savePassword={(password) => props.platform.proxyPassword(password).then(props.refetch)}
          />
          <Row label={text('generalPage.setUp')} hint={text('generalPage.setUpHint')}>
            <Button onClick={setUp}>{text('generalPage.openSetUp')}</Button>
          </Row>
          <Row label={text('generalPage.file')} hint={text('generalPage.fileHint')}>
            <Button
              onClick={() => {
                props.act('openFolder');
              }}
            >
              {text('generalPage.openFolder')}
            </Button>
          </Row>
        </>
      )}
    </ControlsPage>
  );
}

/** A button that is not a setting. */
function Row({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div>
        <p className={shared.body}>{label}</p>
        <p className={`${shared.small} ${shared.quiet}`}>{hint}</p>
      </div>
      <div>{children}</div>
    </div>
  );
}

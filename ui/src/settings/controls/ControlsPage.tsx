// What the pages with settings share: the title, why nothing can be changed, what waits for a restart, and the state
// before the first answer.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';

import type { Act } from '../../act';
import type { Blocked } from '../../bindings/Blocked';
import type { Controls } from '../../bindings/Controls';
import type { SettingEdit } from '../../bindings/SettingEdit';
import typo from '../../drawer/type.module.css';
import type { SettingsPlatform } from '../../platform/platform';
import type { Read } from '../../query';
import { text } from '../../text';
import page from '../Settings.module.css';
import styles from './Controls.module.css';

export const readControls = (platform: SettingsPlatform) => platform.controls();

/** What a page with settings is given. */
export interface ControlsProps {
  read: Read<Controls>;
  act: Act;
}

/** What the settings of a page need. */
export interface Known {
  controls: Controls;
  isBlocked: boolean;
  send: (edit: SettingEdit) => void;
}

interface Props extends ControlsProps {
  title: string;
  children: (known: Known) => ReactNode;
}

export function ControlsPage({ title, read, act, children }: Props) {
  return (
    <div className={`${page.page} ${styles.page}`}>
      <div className={page.head}>
        <h1 className={page.title}>{title}</h1>
      </div>
      <ControlList read={read} act={act}>
        {children}
      </ControlList>
    </div>
  );
}

/** The settings of a page that has more than settings. */
export function ControlList({ read: { value, failed }, act, children }: Omit<Props, 'title'>) {
  if (!value) {
    return (
      <p className={`${page.words} ${typo.body} ${typo.quiet}`} role={failed ? 'alert' : 'status'}>
        {text(failed ? 'controlsPage.failed' : 'controlsPage.loading')}
      </p>
    );
  }
  const send = (edit: SettingEdit) => {
    act({ setting: { edit } });
  };
  return (
    <>
      {value.blocked && <Broken blocked={value.blocked} act={act} />}
      {value.restart !== null && (
        <MessageBar className={styles.bar} intent="info">
          <MessageBarBody>{value.restart}</MessageBarBody>
          <MessageBarActions>
            <Button
              onClick={() => {
                act('restart');
              }}
            >
              {text('controlsPage.restart')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <div className={styles.settings}>{children({ controls: value, isBlocked: value.blocked !== null, send })}</div>
    </>
  );
}

function Broken({ blocked, act }: { blocked: Blocked; act: Act }) {
  return (
    <MessageBar className={styles.bar} intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{text('controlsPage.broken')}</MessageBarTitle>
        {blocked.sentence} {text(blocked.isOwnFile ? 'controlsPage.mend' : 'controlsPage.mendPolicy')}
      </MessageBarBody>
      {blocked.isOwnFile && (
        <MessageBarActions>
          <Button
            onClick={() => {
              act('openSettingsFile');
            }}
          >
            {text('controlsPage.openFile')}
          </Button>
          <Button
            onClick={() => {
              act('openFolder');
            }}
          >
            {text('controlsPage.openFolder')}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

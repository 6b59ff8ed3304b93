// What the pages with settings share: the title, the message if nothing can be changed or if a change needs a restart, and
// the state before the first answer.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';

import type { Act } from '../../act';
import type { Blocked } from '../../bindings/Blocked';
import type { Controls } from '../../bindings/Controls';
import type { SettingEdit } from '../../bindings/SettingEdit';
import { ReadSequence } from '../../chosen';
import shared from '../../shared.module.css';
import type { SettingsPlatform } from '../../platform/platform';
import type { QueryState } from '../../query';
import { text } from '../../text';
import { Unread } from '../../Unread';
import page from '../Settings.module.css';
import styles from './Controls.module.css';
import { BLOCKED } from './Setting';

export const readControls = (platform: SettingsPlatform) => platform.controls();

/** The properties of a page with settings. */
export interface ControlsProps {
  platform: SettingsPlatform;
  query: QueryState<Controls>;
  /** Reads them again. */
  refetch: () => void;
  act: Act;
}

/** What the settings of a page need, once it was read. */
export interface Known {
  controls: Controls;
  isBlocked: boolean;
  /** Requests a change. Resolves when it was accepted; the result is in the next answer. */
  send: (edit: SettingEdit) => Promise<void>;
}

interface Props extends ControlsProps {
  title: string;
  children: (known: Known) => ReactNode;
}

export function ControlsPage({ title, children, ...props }: Props) {
  return (
    <div className={`${page.page} ${styles.page}`}>
      <div className={page.head}>
        <h1 className={page.title}>{title}</h1>
      </div>
      <ControlList {...props}>{children}</ControlList>
    </div>
  );
}

/** The settings of a page that also shows other things. */
export function ControlList({ platform, query, refetch, act, children }: Omit<Props, 'title'>) {
  const { value, failed, sequence } = query;
  if (!value) {
    return failed ? (
      <Unread title={text('controlsPage.failed')} retry={refetch} />
    ) : (
      <p className={`${page.words} ${shared.body} ${shared.quiet}`} role="status">
        {text('controlsPage.loading')}
      </p>
    );
  }
  // An edit that is refused at once changes nothing, so no change would be reported.
  const send = (edit: SettingEdit) => platform.act({ setting: { edit } }).then(refetch);
  return (
    <ReadSequence value={sequence}>
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
    </ReadSequence>
  );
}

function Broken({ blocked, act }: { blocked: Blocked; act: Act }) {
  return (
    <MessageBar className={styles.bar} intent="error" layout="multiline">
      <MessageBarBody id={BLOCKED}>
        <MessageBarTitle>{text('controlsPage.broken')}</MessageBarTitle>
        {blocked.sentence} {text(blocked.isOwnFile ? 'controlsPage.fix' : 'controlsPage.fixPolicy')}
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

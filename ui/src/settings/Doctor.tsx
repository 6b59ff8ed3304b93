// The checks of doctor as they arrive: what works on this computer and in this set-up, what does not, and what to do.
import { Button, ProgressBar } from '@fluentui/react-components';
import { ArrowClockwise20Regular, Copy20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';

import type { Act } from '../act';
import type { DoctorCheck } from '../bindings/DoctorCheck';
import type { DoctorPage } from '../bindings/DoctorPage';
import { useCopy } from '../drawer/copy';
import shared from '../shared.module.css';
import type { SettingsPlatform } from '../platform/platform';
import { useQuery } from '../query';
import { text } from '../text';
import { Unread } from '../Unread';
import styles from './Doctor.module.css';
import page from './Settings.module.css';
import { StatusIcon } from './StatusIcon';

const readDoctor = (platform: SettingsPlatform) => platform.doctor();

export function Doctor({ platform, act }: { platform: SettingsPlatform; act: Act }) {
  const [shown, failed, refetch] = useDoctor(platform, act);
  const [notice, copy] = useCopy();
  if (!shown && failed) return <Unread title={text('unread.doctor')} retry={refetch} />;
  const running = shown?.running ?? true;
  return (
    <div className={page.page}>
      <div className={page.head}>
        <h1 className={`${page.title} ${page.grows}`}>{text('doctorPage.title')}</h1>
        <Button
          appearance="subtle"
          icon={<Copy20Regular />}
          disabledFocusable={running}
          onClick={() => {
            copy(shown?.report ?? '', 'report');
          }}
        >
          {text('doctorPage.copy')}
        </Button>
        <Button
          icon={<ArrowClockwise20Regular />}
          disabledFocusable={running}
          onClick={() => {
            act('runDoctor');
          }}
        >
          {text('doctorPage.again')}
        </Button>
      </div>
      <p className={`${styles.summary} ${shared.body} ${shared.soft}`} role="status">
        {notice || (running ? text('doctorPage.running') : shown?.summary)}
      </p>
      {running && (
        <ProgressBar
          aria-label={text('doctorPage.running')}
          value={shown?.checks.length ?? 0}
          max={shown?.total ?? 1}
        />
      )}
      <ul className={styles.checks}>
        {shown?.checks.map((check) => (
          <Check key={check.check} check={check} />
        ))}
      </ul>
    </div>
  );
}

function Check({ check: { title, status, saw, toDo } }: { check: DoctorCheck }) {
  return (
    <li className={styles.check}>
      <StatusIcon status={status === 'notChecked' ? 'open' : status} label={text(`doctorStatus.${status}`)} />
      <div className={page.grows}>
        <h2 className={`${styles.title} ${shared.body} ${shared.strong}`}>{title}</h2>
        <p className={`${styles.words} ${shared.body} ${shared.soft}`}>{saw}</p>
        {toDo && <p className={`${styles.words} ${shared.body}`}>{toDo}</p>}
      </div>
    </li>
  );
}

/** The page while checks arrive. Starts a run if there was none yet. */
function useDoctor(
  platform: SettingsPlatform,
  act: Act,
): [shown: DoctorPage | null, failed: boolean, refetch: () => void] {
  const [{ value, failed }, refetch] = useQuery(platform, readDoctor);
  const isNotStarted = value !== null && value.checks.length === 0 && !value.running;
  useEffect(() => {
    if (isNotStarted) act('runDoctor');
  }, [isNotStarted, act]);
  // Before the first run there is nothing to show.
  return [isNotStarted ? null : value, failed, refetch];
}

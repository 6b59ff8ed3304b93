// What works on this computer and in this set-up, what does not, and what to do: the checks as they come.
import { Button, ProgressBar } from '@fluentui/react-components';
import { ArrowClockwise20Regular, Copy20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';

import type { Act } from '../act';
import type { DoctorCheck } from '../bindings/DoctorCheck';
import type { DoctorPage } from '../bindings/DoctorPage';
import { useCopy } from '../drawer/copy';
import typo from '../drawer/type.module.css';
import type { SettingsPlatform } from '../platform/platform';
import { useQuery } from '../query';
import { text } from '../text';
import { Unread } from '../Unread';
import styles from './Doctor.module.css';
import page from './Settings.module.css';
import { StatusIcon } from './StatusIcon';

const readDoctor = (platform: SettingsPlatform) => platform.doctor();

export function Doctor({ platform, act }: { platform: SettingsPlatform; act: Act }) {
  const [shown, failed, again] = useDoctor(platform, act);
  const [said, copy] = useCopy();
  if (!shown && failed) return <Unread title={text('unread.doctor')} again={again} />;
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
      <p className={`${styles.summary} ${typo.body} ${typo.soft}`} role="status">
        {said || (running ? text('doctorPage.running') : shown?.summary)}
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
        <h2 className={`${styles.title} ${typo.body} ${typo.strong}`}>{title}</h2>
        <p className={`${styles.words} ${typo.body} ${typo.soft}`}>{saw}</p>
        {toDo && <p className={`${styles.words} ${typo.body}`}>{toDo}</p>}
      </div>
    </li>
  );
}

/** The page as it grows. It begins to check when nothing was found yet. */
function useDoctor(
  platform: SettingsPlatform,
  act: Act,
): [shown: DoctorPage | null, failed: boolean, again: () => void] {
  const [{ value, failed }, again] = useQuery(platform, readDoctor);
  const isUnbegun = value !== null && value.checks.length === 0 && !value.running;
  useEffect(() => {
    if (isUnbegun) act('runDoctor');
  }, [isUnbegun, act]);
  // Before the checks were begun there is nothing to show either.
  return [isUnbegun ? null : value, failed, again];
}

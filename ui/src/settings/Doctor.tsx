// What works on this computer and in this set-up, what does not, and what to do: the checks as they come.
import { Button, ProgressBar } from '@fluentui/react-components';
import {
  ArrowClockwise20Regular,
  CheckmarkCircle20Filled,
  Circle20Regular,
  Copy20Regular,
  ErrorCircle20Filled,
  Warning20Filled,
} from '@fluentui/react-icons';
import { useEffect, useState } from 'react';

import type { DoctorCheck } from '../bindings/DoctorCheck';
import type { DoctorPage } from '../bindings/DoctorPage';
import type { DoctorStatus } from '../bindings/DoctorStatus';
import { useCopy } from '../drawer/copy';
import type { Act } from '../drawer/Drawer';
import typo from '../drawer/type.module.css';
import type { SettingsPlatform } from '../platform/platform';
import { text } from '../text';
import styles from './Doctor.module.css';
import page from './Settings.module.css';

/** Each status has a shape of its own, so that colour is never needed to tell them apart. */
const ICONS = {
  good: CheckmarkCircle20Filled,
  notChecked: Circle20Regular,
  warning: Warning20Filled,
  failed: ErrorCircle20Filled,
} as const satisfies Record<DoctorStatus, unknown>;

export function Doctor({ platform, act }: { platform: SettingsPlatform; act: Act }) {
  const shown = useDoctor(platform, act);
  const [said, copy] = useCopy();
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
  const Icon = ICONS[status];
  return (
    <li className={styles.check}>
      <Icon className={styles[status]} role="img" aria-label={text(`doctorStatus.${status}`)} />
      <div className={page.grows}>
        <h2 className={`${styles.title} ${typo.body} ${typo.strong}`}>{title}</h2>
        <p className={`${styles.words} ${typo.body} ${typo.soft}`}>{saw}</p>
        {toDo && <p className={`${styles.words} ${typo.body}`}>{toDo}</p>}
      </div>
    </li>
  );
}

/** The page as it grows. It begins to check when nothing was found yet. */
function useDoctor(platform: SettingsPlatform, act: Act): DoctorPage | null {
  const [shown, setShown] = useState<DoctorPage | null>(null);
  useEffect(() => {
    let over = false;
    const read = async (): Promise<DoctorPage | null> => {
      try {
        const now = await platform.doctor();
        if (!over) setShown(now);
        return now;
      } catch {
        // The application is closing.
        return null;
      }
    };
    const listening = platform.onChanged(() => void read());
    void read().then((now) => {
      if (!over && now?.checks.length === 0 && !now.running) act('runDoctor');
    });
    return () => {
      over = true;
      void listening.then((stop) => {
        stop();
      });
    };
  }, [platform, act]);
  // Before the checks were begun there is nothing to show either.
  return shown?.checks.length === 0 && !shown.running ? null : shown;
}

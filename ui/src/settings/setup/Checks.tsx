// "Checked at 14:06": the checks of a step, each with a sign and what to do. The buttons are above the list, so that they
// do not move while it grows.
import { Button } from '@fluentui/react-components';
import { ArrowClockwise16Regular } from '@fluentui/react-icons';
import { useId } from 'react';

import type { Act } from '../../act';
import type { Button as Wanted } from '../../bindings/Button';
import type { SetupCheck } from '../../bindings/SetupCheck';
import type { SetupLogin } from '../../bindings/SetupLogin';
import type { SetupSign } from '../../bindings/SetupSign';
import { Busy } from '../../Busy';
import { useCopy } from '../../drawer/copy';
import shared from '../../shared.module.css';
import { text } from '../../text';
import page from '../Settings.module.css';
import { StatusIcon } from '../StatusIcon';
import styles from './Setup.module.css';

interface Props {
  checkedAt: string;
  checks: readonly SetupCheck[];
  login: SetupLogin;
  act: Act;
}

export function Checks({ checkedAt, checks, login, act }: Props) {
  const [notice, copy] = useCopy();
  const [head, why] = [useId(), useId()];
  const press = ({ action }: Wanted) => {
    if (typeof action === 'object' && 'copy' in action) copy(action.copy.text, 'text');
    else act(action);
  };
  return (
    <section className={styles.checks} aria-labelledby={head} tabIndex={-1}>
      <div className={styles.checksHead}>
        <h2 id={head} className={`${styles.subtitle} ${page.grows} ${shared.body} ${shared.strong}`}>
          {checkedAt ? text('setupPage.checkedAt', { time: checkedAt }) : text('setupPage.notChecked')}
        </h2>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowClockwise16Regular />}
          disabledFocusable={!checkedAt}
          onClick={() => {
            act({ setup: { edit: 'checkAgain' } });
          }}
        >
          {text('setupPage.checkAgain')}
        </Button>
      </div>
      <div className={styles.login}>
        <Button
          disabledFocusable={!login.can}
          aria-describedby={why}
          onClick={() => {
            press(login.button);
          }}
        >
          {login.button.label}
        </Button>
        <span id={why} className={`${styles.loginWhy} ${shared.small} ${shared.quiet}`}>
          {login.says}
        </span>
      </div>
      <ul className={styles.list}>
        {checks.map(({ title, sign, says, buttons }) => (
          <li key={title} className={styles.check}>
            <Sign sign={sign} />
            <div className={page.grows}>
              <h3 className={`${styles.subtitle} ${shared.body}`}>{title}</h3>
              <p className={`${styles.says} ${shared.small} ${shared.soft}`}>{says}</p>
              {buttons.length > 0 && (
                <div className={styles.checkButtons}>
                  {buttons.map((button) => (
                    <Button
                      key={button.label}
                      size="small"
                      onClick={() => {
                        press(button);
                      }}
                    >
                      {button.label}
                    </Button>
                  ))}
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
      <p className={shared.visuallyHidden} role="status">
        {notice || summary(checkedAt, checks)}
      </p>
    </section>
  );
}

/** The result of the checks, to be read out once it is known. */
function summary(checkedAt: string, checks: readonly SetupCheck[]): string {
  if (!checkedAt) return '';
  const bad = checks.filter(({ sign }) => sign === 'failed' || sign === 'warning');
  if (bad.length > 0) return bad.map(({ title, says }) => text('setupPage.found', { title, says })).join(' ');
  const waiting = checks.find(({ sign }) => sign === 'checking');
  if (!waiting) return text('setupPage.checksGood');
  // A login continues in the browser.
  return waiting.buttons.length > 0 ? waiting.says : '';
}

function Sign({ sign }: { sign: SetupSign }) {
  const label = text(`setupSign.${sign}`);
  if (sign === 'checking') return <Busy label={label} />;
  return <StatusIcon status={sign === 'waiting' ? 'open' : sign} label={label} />;
}

// "Checked at 14:06": what was found of a step, each with a shape of its own and what to do. What can be clicked is
// above what may grow.
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
import typo from '../../drawer/type.module.css';
import { text } from '../../text';
import page from '../Settings.module.css';
import { StatusIcon } from '../StatusIcon';
import styles from './Setup.module.css';

interface Props {
  at: string;
  checks: readonly SetupCheck[];
  login: SetupLogin;
  act: Act;
}

export function Checks({ at, checks, login, act }: Props) {
  const [said, copy] = useCopy();
  const [head, why] = [useId(), useId()];
  const press = ({ action }: Wanted) => {
    if (typeof action === 'object' && 'copy' in action) copy(action.copy.text, 'text');
    else act(action);
  };
  return (
    <section className={styles.checks} aria-labelledby={head} tabIndex={-1}>
      <div className={styles.checksHead}>
        <h2 id={head} className={`${styles.subtitle} ${page.grows} ${typo.body} ${typo.strong}`}>
          {at ? text('setupPage.checkedAt', { time: at }) : text('setupPage.notChecked')}
        </h2>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowClockwise16Regular />}
          disabledFocusable={!at}
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
        <span id={why} className={`${styles.loginWhy} ${typo.small} ${typo.quiet}`}>
          {login.says}
        </span>
      </div>
      <ul className={styles.list}>
        {checks.map(({ title, sign, says, buttons }) => (
          <li key={title} className={styles.check}>
            <Sign sign={sign} />
            <div className={page.grows}>
              <h3 className={`${styles.subtitle} ${typo.body}`}>{title}</h3>
              <p className={`${styles.says} ${typo.small} ${typo.soft}`}>{says}</p>
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
      <p className={typo.unseen} role="status">
        {said || summary(at, checks)}
      </p>
    </section>
  );
}

/** What a round came to, to be read out once it is known. */
function summary(at: string, checks: readonly SetupCheck[]): string {
  if (!at) return '';
  const bad = checks.filter(({ sign }) => sign === 'failed' || sign === 'warning');
  if (bad.length > 0) return bad.map(({ title, says }) => text('setupPage.found', { title, says })).join(' ');
  const waiting = checks.find(({ sign }) => sign === 'checking');
  if (!waiting) return text('setupPage.checksGood');
  // A login goes on in the browser.
  return waiting.buttons.length > 0 ? waiting.says : '';
}

function Sign({ sign }: { sign: SetupSign }) {
  const label = text(`setupSign.${sign}`);
  if (sign === 'checking') return <Busy label={label} />;
  return <StatusIcon status={sign === 'waiting' ? 'open' : sign} label={label} />;
}

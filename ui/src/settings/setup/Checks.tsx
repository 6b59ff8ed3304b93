// "Checked at 14:06": what was found of a step, each with a shape of its own and what to do.
import { Button, Spinner } from '@fluentui/react-components';
import { ArrowClockwise16Regular } from '@fluentui/react-icons';

import type { Act } from '../../act';
import type { SetupCheck } from '../../bindings/SetupCheck';
import type { SetupSign } from '../../bindings/SetupSign';
import { useCopy } from '../../drawer/copy';
import typo from '../../drawer/type.module.css';
import { text } from '../../text';
import page from '../Settings.module.css';
import { StatusIcon } from '../StatusIcon';
import styles from './Setup.module.css';

export function Checks({ at, checks, act }: { at: string; checks: readonly SetupCheck[]; act: Act }) {
  const [said, copy] = useCopy();
  return (
    <section className={styles.checks} aria-labelledby="checked-at">
      <div className={styles.checksHead}>
        <h2 id="checked-at" className={`${styles.subtitle} ${page.grows} ${typo.body} ${typo.strong}`}>
          {at ? text('setupPage.checkedAt', { time: at }) : text('setupPage.notChecked')}
        </h2>
        {at && (
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowClockwise16Regular />}
            onClick={() => {
              act({ setup: { edit: 'checkAgain' } });
            }}
          >
            {text('setupPage.checkAgain')}
          </Button>
        )}
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
                  {buttons.map(({ label, action }) => (
                    <Button
                      key={label}
                      size="small"
                      onClick={() => {
                        if (typeof action === 'object' && 'copy' in action) copy(action.copy.text, 'text');
                        else act(action);
                      }}
                    >
                      {label}
                    </Button>
                  ))}
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
      <p className={typo.unseen} role="status">
        {said}
      </p>
    </section>
  );
}

function Sign({ sign }: { sign: SetupSign }) {
  const label = text(`setupSign.${sign}`);
  if (sign === 'checking') return <Spinner size="extra-tiny" className={styles.sign} aria-label={label} />;
  return <StatusIcon status={sign === 'waiting' ? 'open' : sign} label={label} />;
}

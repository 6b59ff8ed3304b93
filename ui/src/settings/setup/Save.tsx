// Step 5: what will be saved, line by line, and the result. The result is between the lines and the buttons, where it moves
// nothing.
import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { ArrowDownload20Regular, LockClosed16Regular } from '@fluentui/react-icons';

import type { Act } from '../../act';
import type { SaveStep } from '../../bindings/SaveStep';
import shared from '../../shared.module.css';
import { text } from '../../text';
import type { Export, ExportState } from '../exports';
import styles from './Setup.module.css';

interface Props {
  step: SaveStep;
  policy: Export;
}

export function Save({ step, policy }: Props) {
  return (
    <div className={styles.save}>
      <dl className={styles.lines}>
        {step.lines.map(({ what, value, changed, locked }) => (
          <div key={what} className={styles.line}>
            <dt className={`${shared.body} ${shared.soft}`}>{what}</dt>
            <dd className={`${styles.value} ${shared.body} ${changed ? shared.strong : ''}`}>
              {value}
              {locked && (
                <span className={`${styles.locked} ${shared.small} ${shared.quiet}`}>
                  <LockClosed16Regular /> {text('setupPage.locked')}
                </span>
              )}
              {changed && <span className={`${shared.small} ${shared.quiet}`}>{text('setupPage.changed')}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.export}>
        <Button icon={<ArrowDownload20Regular />} disabledFocusable={policy.state === 'busy'} onClick={policy.start}>
          {text('setupPage.export')}
        </Button>
        <span className={`${shared.small} ${shared.quiet}`}>{text('setupPage.exportHint')}</span>
      </div>
    </div>
  );
}

/** The result of saving and of an export. */
export function Outcome({ step, exported, act }: { step: SaveStep; exported: ExportState; act: Act }) {
  const { button } = step;
  return (
    // Fluent announces a bar when it appears; with a role of its own it would be read twice.
    <div className={styles.outcome} tabIndex={-1}>
      {exported && exported !== 'busy' && (
        <MessageBar layout="multiline" intent={exported.is === 'saved' ? 'success' : 'warning'}>
          <MessageBarBody>{exported.sentence}</MessageBarBody>
        </MessageBar>
      )}
      {step.problem && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{step.problem}</MessageBarBody>
        </MessageBar>
      )}
      {step.saved ? (
        <MessageBar key={step.then} intent={step.works ? 'success' : 'info'} layout="multiline">
          <MessageBarBody>
            {text('setupPage.saved')} {step.then}
          </MessageBarBody>
          {button && (
            <MessageBarActions>
              <Button
                onClick={() => {
                  act(button.action);
                }}
              >
                {button.label}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      ) : (
        <p className={`${styles.says} ${shared.body}`}>{step.then}</p>
      )}
    </div>
  );
}

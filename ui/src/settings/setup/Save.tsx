// Step 5: what will be saved, line by line, and what came of it.
import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { ArrowDownload20Regular, LockClosed16Regular } from '@fluentui/react-icons';
import { useState } from 'react';

import type { PolicyExport } from '../../bindings/PolicyExport';
import type { SaveStep } from '../../bindings/SaveStep';
import typo from '../../drawer/type.module.css';
import type { SettingsPlatform } from '../../platform/platform';
import { text } from '../../text';
import styles from './Setup.module.css';

export function Save({ step, platform }: { step: SaveStep; platform: SettingsPlatform }) {
  const [exported, setExported] = useState<PolicyExport | 'busy' | null>(null);
  return (
    <div className={styles.save}>
      <div role="status">
        {step.saved && (
          <MessageBar intent="success">
            <MessageBarBody>{text('setupPage.saved')}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {step.problem && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{step.problem}</MessageBarBody>
        </MessageBar>
      )}
      <dl className={styles.lines}>
        {step.lines.map(({ what, value, changed, locked }) => (
          <div key={what} className={styles.line}>
            <dt className={`${typo.body} ${typo.soft}`}>{what}</dt>
            <dd className={`${styles.value} ${typo.body} ${changed ? typo.strong : ''}`}>
              {value}
              {locked && (
                <span className={`${styles.locked} ${typo.small} ${typo.quiet}`}>
                  <LockClosed16Regular /> {text('setupPage.locked')}
                </span>
              )}
              {changed && <span className={`${typo.small} ${typo.quiet}`}>{text('setupPage.changed')}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {!step.saved && <p className={`${styles.says} ${typo.body}`}>{step.then}</p>}
      <div className={styles.export}>
        <Button
          icon={<ArrowDownload20Regular />}
          disabledFocusable={exported === 'busy'}
          onClick={() => {
            setExported('busy');
            platform.exportPolicy().then(setExported, () => {
              setExported({ is: 'failed', sentence: text('setupPage.notExported') });
            });
          }}
        >
          {text('setupPage.export')}
        </Button>
        <span className={`${typo.small} ${typo.quiet}`}>{text('setupPage.exportHint')}</span>
      </div>
      <div role="status">
        {exported && exported !== 'busy' && (
          <MessageBar layout="multiline" intent={exported.is === 'saved' ? 'success' : 'warning'}>
            <MessageBarBody>{exported.sentence}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </div>
  );
}

// Calls that nobody answered, each with *Call back*, which is one click for all that it takes.
import { Button } from '@fluentui/react-components';
import { CallMissed20Regular, Dismiss20Regular } from '@fluentui/react-icons';
import { useId } from 'react';

import type { Act } from '../act';
import type { Missed } from '../bindings/Missed';
import { text } from '../text';
import { Once } from './Incoming';
import styles from './Missed.module.css';
import { Named } from './Named';
import { CallerSides } from './Sides';
import typo from './type.module.css';

interface Props {
  calls: readonly Missed[];
  /** When the view was fetched, in ms. */
  at: number;
  act: Act;
}

export function MissedRows({ calls, ...rest }: Props) {
  return (
    <section className={styles.rows} tabIndex={-1} aria-label={text('missedRow.name')}>
      {calls.map((call) => (
        <Row key={call.contact} call={call} {...rest} />
      ))}
    </section>
  );
}

function Row({ call, at, act }: { call: Missed } & Omit<Props, 'calls'>) {
  const { contact, title, line, who, callBack, number } = call;
  const name = useId();
  return (
    <div className={styles.row}>
      <CallMissed20Regular className={styles.icon} />
      <div className={styles.words}>
        <div id={name} className={`${typo.body} ${typo.strong} ${styles.title}`}>
          <Named words={title} name={who?.name} />
        </div>
        <div className={`${typo.small} ${typo.soft} ${typo.numbers}`}>{line}</div>
      </div>
      {number && (
        <Button
          size="small"
          appearance="primary"
          className={styles.back}
          aria-describedby={name}
          title={text('missedRow.on', { number: number.words })}
          disabledFocusable={callBack.is === 'underWay'}
          onClick={() => {
            act({ callBack: { contact, number: number.dial } });
          }}
        >
          {text(callBack.is === 'underWay' ? 'missedRow.callingBack' : 'missedRow.callBack')}
        </Button>
      )}
      <Button
        appearance="subtle"
        icon={<Dismiss20Regular />}
        className={styles.dismiss}
        aria-label={text('missedRow.dismiss')}
        aria-describedby={name}
        title={text('missedRow.dismiss')}
        onClick={() => {
          act({ dismissMissed: { contact } });
        }}
      />
      <div className={`${styles.more} ${typo.small} ${typo.soft}`}>
        {callBack.is === 'failed' && <div>{callBack.sentence}</div>}
        {number && <div className={typo.numbers}>{text('missedRow.on', { number: number.words })}</div>}
        {who && number && <CallerSides who={who} at={at} />}
      </div>
    </div>
  );
}

/** Announces each missed call once, and once what kept it from being called back. */
export function MissedAnnounced({ calls }: { calls: readonly Missed[] }) {
  return (
    <div className={typo.unseen} role="status" aria-atomic="false">
      {calls.map(({ contact, title, line, callBack }) => (
        <div key={contact}>
          <Once words={text('missedRow.announced', { title, line })} />
          {callBack.is === 'failed' && <Once words={callBack.sentence} />}
        </div>
      ))}
    </div>
  );
}

// Missed calls, each with *Call back*. One click also clears the missed contact if that is needed.
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
import shared from '../shared.module.css';

interface Props {
  calls: readonly Missed[];
  /** When the view was fetched, in ms. */
  fetchedAt: number;
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

function Row({ call, fetchedAt, act }: { call: Missed } & Omit<Props, 'calls'>) {
  const { contact, title, line, who, callBack, number } = call;
  const name = useId();
  return (
    <div className={styles.row}>
      <CallMissed20Regular className={styles.icon} />
      <div className={styles.words}>
        <div id={name} className={`${shared.body} ${shared.strong} ${styles.title}`}>
          <Named words={title} name={who?.name} />
        </div>
        <div className={`${shared.small} ${shared.soft} ${shared.numbers}`}>{line}</div>
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
      <div className={`${styles.more} ${shared.small} ${shared.soft}`}>
        {callBack.is === 'failed' && <div>{callBack.sentence}</div>}
        {number && <div className={shared.numbers}>{text('missedRow.on', { number: number.words })}</div>}
        {who && number && <CallerSides who={who} fetchedAt={fetchedAt} />}
      </div>
    </div>
  );
}

/** Announces each missed call once, and once why a call back failed. */
export function MissedAnnounced({ calls }: { calls: readonly Missed[] }) {
  return (
    <div className={shared.visuallyHidden} role="status" aria-atomic="false">
      {calls.map(({ contact, title, line, callBack }) => (
        <div key={contact}>
          <Once words={text('missedRow.announced', { title, line })} />
          {callBack.is === 'failed' && <Once words={callBack.sentence} />}
        </div>
      ))}
    </div>
  );
}

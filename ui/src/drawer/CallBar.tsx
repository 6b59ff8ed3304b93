// The call bar: a question before a call, the call as it goes, and how it ended. The seconds tick only here, and
// only while somebody is being rung or spoken to.
import { Avatar, Button, Tooltip } from '@fluentui/react-components';
import { CallEnd20Filled } from '@fluentui/react-icons';

import type { CallBar as CallBarView } from '../bindings/CallBar';
import { useNow } from '../now';
import { text } from '../text';
import { counter, MINUTE, SECOND } from '../time';
import styles from './CallBar.module.css';
import { callLine, question } from './callWords';
import type { Act } from './Drawer';
import typo from './type.module.css';
import { hue } from './words';

interface Props {
  call: CallBarView;
  /** When the view was fetched, in ms. */
  at: number;
  act: Act;
}

export function CallBar({ call, at, act }: Props) {
  const asks = call.state.is === 'asking';
  return (
    <section
      className={`${styles.bar} ${asks ? styles.asks : ''}`}
      aria-label={text('callBar.name', { name: call.name })}
    >
      <Avatar name={call.name} size={32} color={hue(call.person)} aria-hidden="true" />
      <div className={styles.words}>
        <div className={`${typo.body} ${typo.strong} ${asks ? '' : typo.cut}`}>
          {asks ? <Question call={call} at={at} /> : call.name}
        </div>
        <div className={`${typo.small} ${typo.soft} ${typo.numbers}`}>
          <Line call={call} at={at} />
        </div>
        {call.hint && <div className={`${typo.small} ${typo.soft}`}>{call.hint}</div>}
      </div>
      <Buttons call={call} act={act} />
    </section>
  );
}

function Question({ call, at }: { call: CallBarView; at: number }) {
  const now = Math.max(useNow(MINUTE), at);
  return question(call, now);
}

function Line({ call, at }: { call: CallBarView; at: number }) {
  const { state } = call;
  if (state.is !== 'ringing' && state.is !== 'connected') return callLine(call, '');
  return <Ticking call={call} since={Date.parse(state.since)} at={at} />;
}

function Ticking({ call, since, at }: { call: CallBarView; since: number; at: number }) {
  const now = Math.max(useNow(SECOND), at);
  return callLine(call, counter((now - since) / SECOND));
}

function Buttons({ call: { state }, act }: { call: CallBarView; act: Act }) {
  switch (state.is) {
    case 'asking':
      return (
        <div className={styles.buttons}>
          <Button
            size="small"
            appearance="primary"
            onClick={() => {
              act('callAnyway');
            }}
          >
            {text('callBar.call')}
          </Button>
          <Button
            size="small"
            onClick={() => {
              act('dismissCall');
            }}
          >
            {text('callBar.cancel')}
          </Button>
        </div>
      );
    case 'dialling':
    case 'ringing':
    case 'connected':
      return (
        <Tooltip content={text('callBar.hangUp')} relationship="label">
          <button
            type="button"
            className={`${styles.hangUp} ${typo.focus}`}
            onClick={() => {
              act('hangUp');
            }}
          >
            <CallEnd20Filled />
          </button>
        </Tooltip>
      );
    case 'ended':
    case 'failed':
      return state.is === 'ended' || state.again ? (
        <Button
          size="small"
          onClick={() => {
            act('callAgain');
          }}
        >
          {text('callBar.again')}
        </Button>
      ) : null;
  }
}

// The call bar: a question before a call, the call in progress, and how it ended. The seconds tick only here, and only
// while the call is ringing or connected.
import { Avatar, Button, Link } from '@fluentui/react-components';
import { CallEnd20Filled } from '@fluentui/react-icons';
import { useEffect, useId, useRef } from 'react';

import type { Act } from '../act';
import type { CallBar as CallBarView } from '../bindings/CallBar';
import type { CallState } from '../bindings/CallState';
import { useNow } from '../now';
import { text } from '../text';
import { counter, MINUTE, SECOND } from '../time';
import styles from './CallBar.module.css';
import { callLine, question, showsStates } from './callWords';
import { Face } from './Face';
import { Named } from './Named';
import type { Photos } from './photos';
import { CallerSides } from './Sides';
import shared from '../shared.module.css';
import { hue } from './words';

interface Props {
  call: CallBarView;
  /** When the view was fetched, in ms. */
  fetchedAt: number;
  photos: Photos;
  act: Act;
}

export function CallBar({ call, fetchedAt, photos, act }: Props) {
  const { name, who, state } = call;
  const asks = state.is === 'asking';
  const asked = useId();
  return (
    <section
      tabIndex={-1}
      className={`${styles.bar} ${asks ? styles.asks : ''}`}
      aria-label={text('callBar.name', { name })}
    >
      {who && showsStates(state) ? (
        <Face id={who.person} name={name} photo={who.photo} badge={who.badge} there={who.there} photos={photos} />
      ) : (
        <Avatar name={name} size={32} color={hue(call.person)} aria-hidden="true" />
      )}
      <div className={styles.words}>
        <div id={asked}>
          <div className={`${shared.body} ${shared.strong} ${asks ? styles.question : shared.ellipsis}`}>
            {asks ? <Question call={call} fetchedAt={fetchedAt} /> : <bdi>{name}</bdi>}
          </div>
          <div className={`${shared.small} ${shared.soft} ${shared.numbers}`}>
            <Line call={call} fetchedAt={fetchedAt} />
          </div>
        </div>
        {who && showsStates(state) && <CallerSides who={who} fetchedAt={fetchedAt} />}
        {call.hint && <div className={`${shared.small} ${shared.soft}`}>{call.hint}</div>}
        <CallAgain state={state} act={act} />
      </div>
      {asks ? <Answers asked={asked} act={act} /> : <HangUp state={state} act={act} />}
    </section>
  );
}

function Question({ call, fetchedAt }: { call: CallBarView; fetchedAt: number }) {
  const now = Math.max(useNow(MINUTE), fetchedAt);
  return <Named words={question(call, now)} name={call.name} />;
}

function Line({ call, fetchedAt }: { call: CallBarView; fetchedAt: number }) {
  const { state } = call;
  if (state.is !== 'ringing' && state.is !== 'connected') return callLine(call, '');
  return <Ticking call={call} since={Date.parse(state.since)} fetchedAt={fetchedAt} />;
}

function Ticking({ call, since, fetchedAt }: { call: CallBarView; since: number; fetchedAt: number }) {
  const now = Math.max(useNow(SECOND), fetchedAt);
  return callLine(call, counter((now - since) / SECOND));
}

/**
 * The answers to the question before a call. *Cancel* gets the focus, because the call may have been started by a key, and
 * so that a screen reader reads the question.
 */
function Answers({ asked, act }: { asked: string; act: Act }) {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const button = cancel.current;
    button?.focus();
    return () => {
      const had = document.activeElement === button || document.activeElement === document.body;
      if (had && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
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
        ref={cancel}
        size="small"
        aria-describedby={asked}
        onClick={() => {
          act('dismissCall');
        }}
      >
        {text('callBar.cancel')}
      </Button>
    </div>
  );
}

function HangUp({ state, act }: { state: CallState; act: Act }) {
  switch (state.is) {
    case 'dialling':
    case 'ringing':
    case 'connected':
    case 'lost':
    case 'hangingUp': {
      const under = state.is === 'hangingUp';
      return (
        <button
          type="button"
          className={`${styles.hangUp} ${shared.focus}`}
          aria-label={text('callBar.hangUp')}
          aria-keyshortcuts="Control+Shift+H"
          title={text('callBar.hangUp')}
          aria-disabled={under}
          onClick={() => {
            if (!under) act('hangUp');
          }}
        >
          <CallEnd20Filled />
        </button>
      );
    }
    case 'asking':
    case 'ended':
    case 'failed':
      return null;
  }
}

/** Under the words and not in the place of *Hang up*, whose second click would call the person again. */
function CallAgain({ state, act }: { state: CallState; act: Act }) {
  if (state.is !== 'ended' && !(state.is === 'failed' && state.again)) return null;
  return (
    <Link
      as="button"
      className={styles.again}
      onClick={() => {
        act('callAgain');
      }}
    >
      {text('callBar.again')}
    </Link>
  );
}

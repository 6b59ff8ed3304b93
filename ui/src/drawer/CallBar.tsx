// The call bar: a question before a call, the call as it goes, and how it ended. The seconds tick only here, and
// only while somebody is being rung or spoken to.
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
import typo from './type.module.css';
import { hue } from './words';

interface Props {
  call: CallBarView;
  /** When the view was fetched, in ms. */
  at: number;
  photos: Photos;
  act: Act;
}

export function CallBar({ call, at, photos, act }: Props) {
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
          <div className={`${typo.body} ${typo.strong} ${asks ? styles.question : typo.cut}`}>
            {asks ? <Question call={call} at={at} /> : <bdi>{name}</bdi>}
          </div>
          <div className={`${typo.small} ${typo.soft} ${typo.numbers}`}>
            <Line call={call} at={at} />
          </div>
        </div>
        {who && showsStates(state) && <CallerSides who={who} at={at} />}
        {call.hint && <div className={`${typo.small} ${typo.soft}`}>{call.hint}</div>}
        <Again state={state} act={act} />
      </div>
      {asks ? <Answers asked={asked} act={act} /> : <HangUp state={state} act={act} />}
    </section>
  );
}

function Question({ call, at }: { call: CallBarView; at: number }) {
  const now = Math.max(useNow(MINUTE), at);
  return <Named words={question(call, now)} name={call.name} />;
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

/**
 * The answers to the question before a call. It came by a key as often as not, so *Cancel* has the focus, and with it
 * the question is read.
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
          className={`${styles.hangUp} ${typo.focus}`}
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

/** Under the words, never where *Hang up* was: its second click would call the person once more. */
function Again({ state, act }: { state: CallState; act: Act }) {
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

// The call bar: a question before a call, the call as it goes, and how it ended. The seconds tick only here, and
// only while somebody is being rung or spoken to.
import { Avatar, Button, Link } from '@fluentui/react-components';
import { CallEnd20Filled } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';

import type { Act } from '../act';
import type { CallBar as CallBarView } from '../bindings/CallBar';
import type { CallState } from '../bindings/CallState';
import { useNow } from '../now';
import { text } from '../text';
import { counter, MINUTE, SECOND } from '../time';
import styles from './CallBar.module.css';
import { callLine, question } from './callWords';
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
  const bar = useKeptFocus(call.state.is);
  return (
    <section
      ref={bar}
      tabIndex={-1}
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
        <Again state={call.state} act={act} />
      </div>
      {asks ? <Answers act={act} /> : <HangUp state={call.state} act={act} />}
    </section>
  );
}

/** Keeps the focus in the bar when the button that had it goes away: it would be lost to the page. */
function useKeptFocus(state: CallState['is']) {
  const bar = useRef<HTMLElement>(null);
  const had = useRef(false);
  useEffect(() => {
    const element = bar.current;
    if (!element) return undefined;
    if (had.current && document.activeElement === document.body) element.focus();
    const enter = () => {
      had.current = true;
    };
    const leave = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget) had.current = element.contains(relatedTarget as Node);
    };
    element.addEventListener('focusin', enter);
    element.addEventListener('focusout', leave);
    return () => {
      element.removeEventListener('focusin', enter);
      element.removeEventListener('focusout', leave);
    };
  }, [state]);
  return bar;
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

/** The answers to the question before a call. It came by a key as often as not, so *Cancel* has the focus. */
function Answers({ act }: { act: Act }) {
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
      className={typo.small}
      onClick={() => {
        act('callAgain');
      }}
    >
      {text('callBar.again')}
    </Link>
  );
}

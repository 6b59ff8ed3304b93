// "What if…": tries the tables on a pair of states, and on the recorded timeline. It writes nothing.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

import type { WhatIfAnswer } from '../../bindings/WhatIfAnswer';
import type { WhatIfLine } from '../../bindings/WhatIfLine';
import { Busy } from '../../Busy';
import shared from '../../shared.module.css';
import type { QueryState } from '../../query';
import { text } from '../../text';
import { Sign } from '../Signs';
import { Choice } from './Choice';
import { Replay } from './Replay';
import styles from './WhatIf.module.css';
import { WhatIfStore, type WhatIfState, type WhatIfPlatform } from './whatIfStore';

export type { WhatIfPlatform } from './whatIfStore';

/** The dialog is open while it is rendered. Its opener gets the focus back by `useRestoreFocusTarget`. */
export function WhatIf({ platform, onClose }: { platform: WhatIfPlatform; onClose: () => void }) {
  const [store] = useState(() => new WhatIfStore(platform));
  const shown = useSyncExternalStore(store.subscribe, store.snapshot);
  useEffect(() => {
    store.read();
    return store.close;
  }, [store]);
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{text('whatIf.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <Pair shown={shown} store={store} />
            <Replay replay={shown.replay} play={store.play} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{text('whatIf.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Pair({ shown: { choices, question, tried }, store }: { shown: WhatIfState; store: WhatIfStore }) {
  if (choices.value && question) {
    return (
      <>
        <div className={styles.pair}>
          <Choice
            label={text('whatIf.connect')}
            choices={choices.value.connect}
            chosen={question.connect}
            isOurs={question.connectIsOurs}
            focused
            choose={(connect) => {
              store.choose({ connect });
            }}
            setOurs={(connectIsOurs) => {
              store.choose({ connectIsOurs });
            }}
          />
          <Choice
            label={text('whatIf.teams')}
            choices={choices.value.teams}
            chosen={question.teams}
            isOurs={question.teamsIsOurs}
            choose={(teams) => {
              store.choose({ teams });
            }}
            setOurs={(teamsIsOurs) => {
              store.choose({ teamsIsOurs });
            }}
          />
        </div>
        <Tried tried={tried} retry={store.tryPair} />
      </>
    );
  }
  return (
    <div className={styles.instead}>
      <div role="status">
        {choices.failed ? (
          <p className={shared.body}>{text('whatIf.failed')}</p>
        ) : choices.value ? (
          <p className={shared.body}>{text('whatIf.none')}</p>
        ) : (
          <p className={`${styles.waits} ${shared.body}`}>
            <Busy /> {text('whatIf.loading')}
          </p>
        )}
      </div>
      {choices.failed && (
        <Button disabledFocusable={choices.loading} onClick={store.read}>
          {text('whatIf.again')}
        </Button>
      )}
    </div>
  );
}

function Tried({ tried, retry }: { tried: QueryState<WhatIfAnswer | null>; retry: () => void }) {
  const answer = useRef<HTMLDivElement>(null);
  return (
    <section className={styles.tried} aria-label={text('whatIf.tried')}>
      <div ref={answer} role="status" aria-busy={tried.loading} tabIndex={-1} className={styles.answer}>
        <Result tried={tried} />
      </div>
      {tried.failed && (
        <Button
          disabledFocusable={tried.loading}
          onClick={() => {
            // The button disappears with an answer, and the focus would be lost.
            answer.current?.focus();
            retry();
          }}
        >
          {text('whatIf.again')}
        </Button>
      )}
    </section>
  );
}

function Result({ tried: { failed, value: answer } }: { tried: QueryState<WhatIfAnswer | null> }) {
  if (failed) return <p className={shared.body}>{text('whatIf.notTried')}</p>;
  if (!answer) return <p className={`${shared.body} ${shared.quiet}`}>{text('whatIf.trying')}</p>;
  if (answer.lines.length === 0) return <p className={shared.body}>{text('whatIf.unknown')}</p>;
  return (
    <ul className={styles.lines}>
      {answer.lines.map((line) => (
        <Line key={line.when} line={line} />
      ))}
    </ul>
  );
}

function Line({ line: { when, sign, done, why } }: { line: WhatIfLine }) {
  return (
    <li className={styles.line}>
      <span className={`${shared.body} ${shared.soft}`}>{when}</span>
      <span className={styles.done}>
        <Sign sign={sign} />
        <span className={`${shared.body} ${sign === 'written' ? shared.strong : shared.soft}`}>{done}</span>
      </span>
      <span className={`${shared.small} ${shared.quiet} ${shared.numbers}`}>{why}</span>
    </li>
  );
}

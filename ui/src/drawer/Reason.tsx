// The line under the two cards: why Teams shows what it shows, and the way to the longer answer.
import { HandRight16Regular } from '@fluentui/react-icons';

import type { Act } from '../act';
import type { Reason as ReasonView } from '../bindings/Reason';
import { useNow } from '../now';
import { text } from '../text';
import { clockTime, counter, SECOND, secondsUntil } from '../time';
import styles from './Reason.module.css';
import typo from './type.module.css';

interface Props {
  reason: ReasonView;
  /** The question that the timeline answers, if there is one. */
  why: string | null;
  at: number;
  act: Act;
}

export function Reason({ reason, why, at, act }: Props) {
  const release = (
    <button
      type="button"
      className={`${styles.release} ${typo.link} ${typo.focus} ${typo.strong}`}
      onClick={() => {
        act('release');
      }}
    >
      {text('reason.release')}
    </button>
  );
  return (
    <div className={styles.reason}>
      {reason.is === 'heldByYou' ? (
        <span className={`${styles.chip} ${typo.small} ${typo.strong}`}>
          <HandRight16Regular />
          {text('reason.heldByYou')}
          {release}
        </span>
      ) : (
        <span className={`${styles.words} ${typo.small} ${typo.quiet} ${typo.numbers}`}>
          <Words reason={reason} at={at} />
        </span>
      )}
      {reason.is === 'masked' && release}
      {reason.is === 'paused' && (
        <button
          type="button"
          className={`${styles.release} ${typo.link} ${typo.focus} ${typo.strong}`}
          onClick={() => {
            act('resume');
          }}
        >
          {text('pause.resumeNow')}
        </button>
      )}
      {why !== null && (
        <button
          type="button"
          className={`${styles.why} ${typo.link} ${typo.focus}`}
          onClick={() => {
            act({ openSettings: { page: 'timeline' } });
          }}
        >
          {why}
        </button>
      )}
    </div>
  );
}

type Counted = Extract<ReasonView, { is: 'teamsFollows' | 'connectFollows' | 'asksSoon' }>;
type Still = Exclude<ReasonView, Counted | { is: 'heldByYou' | 'paused' }>;

function Words({ reason, at }: { reason: Exclude<ReasonView, { is: 'heldByYou' }>; at: number }) {
  if (reason.is === 'teamsFollows' || reason.is === 'connectFollows' || reason.is === 'asksSoon') {
    return <Countdown reason={reason} at={at} />;
  }
  if (reason.is !== 'paused') return words(reason);
  return reason.until === null ? text('reason.paused') : <PausedFor until={Date.parse(reason.until)} at={at} />;
}

function words(reason: Still): string {
  switch (reason.is) {
    case 'notSetUp':
    case 'waitsForLogin':
    case 'off':
    case 'dryRun':
    case 'stopped':
    case 'offline':
    case 'teamsNotKnown':
    case 'teamsDecides':
    case 'teamsLeads':
    case 'settingTeams':
    case 'settingConnect':
    case 'waitsForAnswer':
      return text(`reason.${reason.is}`);
    case 'waitsForContact':
      return text(`reason.waitsForContact.${reason.contact}`);
    case 'queued':
      return text(`reason.queued.${reason.contact}`, { status: reason.status });
    case 'notInStep':
    case 'inStep':
      return text(`reason.${reason.is}`, { time: clockTime(Date.parse(reason.since)) });
    case 'noChange':
      return text('reason.noChange', { state: reason.state });
    case 'masked':
      return text('reason.masked', { hidden: reason.hidden });
    case 'maskedByTeams':
      return text('reason.maskedByTeams', { state: reason.state, hidden: reason.hidden });
  }
}

function PausedFor({ until, at }: { until: number; at: number }) {
  const now = Math.max(useNow(SECOND), at);
  return text('reason.pausedFor', { time: counter(secondsUntil(until, now)) });
}

function Countdown({ reason, at }: { reason: Counted; at: number }) {
  const now = Math.max(useNow(SECOND), at);
  const seconds = secondsUntil(Date.parse(reason.at), now);
  if (seconds > 0) return text(`reason.${reason.is}`, { seconds });
  return text(reason.is === 'teamsFollows' ? 'reason.settingTeams' : 'reason.settingConnect');
}

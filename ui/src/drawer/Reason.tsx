// The line under the two cards: why Teams shows what it shows, and the link to the longer answer.
import { HandRight16Regular } from '@fluentui/react-icons';

import type { Act } from '../act';
import type { Reason as ReasonView } from '../bindings/Reason';
import { useNow } from '../now';
import { text } from '../text';
import { clockTime, counter, SECOND, secondsUntil } from '../time';
import styles from './Reason.module.css';
import shared from '../shared.module.css';

interface Props {
  reason: ReasonView;
  /** The question that the timeline answers, if there is one. */
  why: string | null;
  /** When this was first fetched with its current value, in ms. */
  fetchedAt: number;
  act: Act;
}

export function Reason({ reason, why, fetchedAt, act }: Props) {
  const release = (
    <button
      type="button"
      className={`${styles.release} ${shared.link} ${shared.focus} ${shared.strong}`}
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
        <span className={`${styles.chip} ${shared.small} ${shared.strong}`}>
          <HandRight16Regular />
          {text('reason.heldByYou')}
          {release}
        </span>
      ) : (
        <span className={`${styles.words} ${shared.small} ${shared.quiet} ${shared.numbers}`}>
          <Words reason={reason} fetchedAt={fetchedAt} />
        </span>
      )}
      {reason.is === 'masked' && release}
      {reason.is === 'paused' && (
        <button
          type="button"
          className={`${styles.release} ${shared.link} ${shared.focus} ${shared.strong}`}
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
          className={`${styles.why} ${shared.link} ${shared.focus}`}
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
type Fixed = Exclude<ReasonView, Counted | { is: 'heldByYou' | 'paused' }>;

function Words({ reason, fetchedAt }: { reason: Exclude<ReasonView, { is: 'heldByYou' }>; fetchedAt: number }) {
  if (reason.is === 'teamsFollows' || reason.is === 'connectFollows' || reason.is === 'asksSoon') {
    return <Countdown reason={reason} fetchedAt={fetchedAt} />;
  }
  if (reason.is !== 'paused') return words(reason);
  return reason.until === null ? (
    text('reason.paused')
  ) : (
    <PausedFor until={Date.parse(reason.until)} fetchedAt={fetchedAt} />
  );
}

function words(reason: Fixed): string {
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

function PausedFor({ until, fetchedAt }: { until: number; fetchedAt: number }) {
  const now = Math.max(useNow(SECOND), fetchedAt);
  return text('reason.pausedFor', { time: counter(secondsUntil(until, now)) });
}

function Countdown({ reason, fetchedAt }: { reason: Counted; fetchedAt: number }) {
  const now = Math.max(useNow(SECOND), fetchedAt);
  const seconds = secondsUntil(Date.parse(reason.at), now);
  if (seconds > 0) return text(`reason.${reason.is}`, { seconds });
  return text(reason.is === 'teamsFollows' ? 'reason.settingTeams' : 'reason.settingConnect');
}

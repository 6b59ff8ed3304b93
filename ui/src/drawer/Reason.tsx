// The line under the two cards: why Teams shows what it shows, and the way to the longer answer.
import { HandRight16Regular } from '@fluentui/react-icons';

import type { Reason as ReasonView } from '../bindings/Reason';
import { useNow } from '../now';
import { text } from '../text';
import { clockTime, SECOND, secondsUntil } from '../time';
import type { Act } from './Drawer';
import styles from './Reason.module.css';
import typo from './type.module.css';

interface Props {
  reason: ReasonView;
  /** The question that the timeline answers. */
  why: string;
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
        <span className={`${typo.small} ${typo.quiet} ${typo.numbers} ${typo.cut}`}>
          {reason.is === 'following' ? <Countdown until={Date.parse(reason.at)} at={at} /> : words(reason)}
        </span>
      )}
      {reason.is === 'masked' && release}
      <button
        type="button"
        className={`${styles.why} ${typo.link} ${typo.focus}`}
        onClick={() => {
          act({ openSettings: { page: 'timeline' } });
        }}
      >
        {why}
      </button>
    </div>
  );
}

function words(reason: Exclude<ReasonView, { is: 'heldByYou' | 'following' }>): string {
  switch (reason.is) {
    case 'off':
    case 'offline':
    case 'teamsLeads':
    case 'writing':
    case 'waitsForContact':
      return text(`reason.${reason.is}`);
    case 'notInStep':
    case 'inStep':
      return text(`reason.${reason.is}`, { time: clockTime(Date.parse(reason.since)) });
    case 'noChange':
      return text('reason.noChange', { state: reason.state });
    case 'masked':
      return text('reason.masked', { hidden: reason.hidden });
  }
}

function Countdown({ until, at }: { until: number; at: number }) {
  const now = Math.max(useNow(SECOND), at);
  const seconds = secondsUntil(until, now);
  return seconds > 0 ? text('reason.following', { seconds }) : text('reason.writing');
}

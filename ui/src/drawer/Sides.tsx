// Somebody's states with a glyph for each side: in a row of the list, beside a call, and at the top of a menu.
import type { ReactNode } from 'react';

import type { CallPerson } from '../bindings/CallPerson';
import type { Side } from '../bindings/Side';
import { useNow } from '../now';
import { MINUTE } from '../time';
import { ConnectGlyph, TeamsGlyph } from './Glyph';
import styles from './Sides.module.css';
import shared from '../shared.module.css';
import { bothUnknown, lasted, spokenSides, type TwoSides } from './words';

interface Props extends TwoSides {
  connectTime: string;
  teamsTime: string;
  /** True if there is room for a second line, so that the times are always shown. */
  whole?: boolean;
}

export function Sides({ connect, teams, connectTime, teamsTime, whole = false }: Props) {
  if (connect && bothUnknown({ connect, teams })) {
    return (
      <div className={styles.status}>
        <Words
          glyph={
            <>
              <ConnectGlyph />
              <TeamsGlyph />
            </>
          }
          side={connect}
          time={connectTime}
        />
      </div>
    );
  }
  const arranged = whole ? styles.whole : connect && teams ? styles.both : '';
  return (
    <div className={`${styles.status} ${arranged}`}>
      {connect && <Words glyph={<ConnectGlyph />} side={connect} time={connectTime} />}
      {teams && <Words glyph={<TeamsGlyph />} side={teams} time={teamsTime} />}
    </div>
  );
}

function Words({ glyph, side, time }: { glyph: ReactNode; side: Side; time: string }) {
  return (
    <span className={styles.side}>
      {glyph}
      <span className={styles.pair}>
        <span className={styles.word}>{side.words}</span>
        {time && <span className={styles.time}>{time}</span>}
      </span>
    </span>
  );
}

/** The same beside a call. It updates itself every minute, and is read with the names of the sides. */
export function CallerSides({ who, fetchedAt }: { who: CallPerson; fetchedAt: number }) {
  const now = Math.max(useNow(MINUTE), fetchedAt);
  const { connect, teams } = who;
  if (!connect && !teams) return null;
  return (
    <div className={styles.caller}>
      <div aria-hidden="true">
        <Sides
          connect={connect}
          teams={teams}
          connectTime={lasted(connect, now)}
          teamsTime={lasted(teams, now)}
          whole
        />
      </div>
      <span className={shared.visuallyHidden}>{spokenSides(who, now)}</span>
    </div>
  );
}

// The replay of the recorded timeline: how many decisions would differ, and a table of them.
import { Button } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons';
import { useId, useMemo, useRef } from 'react';

import type { ReplayAnswer } from '../../bindings/ReplayAnswer';
import type { ReplayLine } from '../../bindings/ReplayLine';
import shared from '../../shared.module.css';
import type { QueryState } from '../../query';
import { text } from '../../text';
import { DayTable, itemsOf, Seen, Time } from '../DayTable';
import styles from './WhatIf.module.css';

const COLUMNS = (['time', 'seen', 'was', 'would'] as const).map((column) => text(`whatIf.${column}`));

export function Replay({
  replay: { loading, failed, value },
  play,
}: {
  replay: QueryState<ReplayAnswer>;
  play: () => void;
}) {
  const name = useId();
  const answer = failed ? null : value;
  return (
    <section className={styles.replay} aria-labelledby={name}>
      <div className={styles.head}>
        <h3 id={name} className={`${styles.title} ${shared.body} ${shared.strong}`}>
          {text('whatIf.replay')}
        </h3>
        <Button icon={<ArrowClockwise20Regular />} disabledFocusable={loading} onClick={play}>
          {text(loading ? 'whatIf.playing' : failed ? 'whatIf.again' : 'whatIf.play')}
        </Button>
      </div>
      <p className={`${styles.sentence} ${shared.body}`} role="status" aria-busy={loading}>
        {failed ? text('whatIf.notPlayed') : answer?.sentence}
      </p>
      {answer && answer.lines.length > 0 && <Differences lines={answer.lines} />}
    </section>
  );
}

function Differences({ lines }: { lines: readonly ReplayLine[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => itemsOf(lines, undefined), [lines]);
  return (
    <DayTable
      label={text('whatIf.differences')}
      columns={COLUMNS}
      items={items}
      cells={(line) => <Cells line={line} />}
      keyOf={keyOf}
      scroller={scroller}
      className={styles.differences}
    />
  );
}

function keyOf({ day, time, seen }: ReplayLine): string {
  return `${day} ${time} ${seen}`;
}

function Cells({ line: { time, glyph, seen, was, would } }: { line: ReplayLine }) {
  return (
    <>
      <Time time={time} />
      <Seen glyph={glyph} seen={seen} />
      <span role="cell" className={`${shared.body} ${shared.soft} ${shared.ellipsis}`} title={was}>
        {was}
      </span>
      <span role="cell" className={`${shared.body} ${shared.strong} ${shared.ellipsis}`} title={would}>
        {would}
      </span>
    </>
  );
}

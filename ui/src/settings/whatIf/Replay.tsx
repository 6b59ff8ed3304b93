// The recorded timeline played again: how much would differ, and each difference in a table of its own.
import { Button } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons';
import { useId, useMemo, useRef } from 'react';

import type { ReplayAnswer } from '../../bindings/ReplayAnswer';
import type { ReplayLine } from '../../bindings/ReplayLine';
import typo from '../../drawer/type.module.css';
import type { Read } from '../../query';
import { text } from '../../text';
import { DayTable, itemsOf, Seen, Time } from '../DayTable';
import styles from './WhatIf.module.css';

const COLUMNS = (['time', 'seen', 'was', 'would'] as const).map((column) => text(`whatIf.${column}`));

export function Replay({ replay: { asking, failed, value }, play }: { replay: Read<ReplayAnswer>; play: () => void }) {
  const name = useId();
  const answer = failed ? null : value;
  return (
    <section className={styles.replay} aria-labelledby={name}>
      <div className={styles.head}>
        <h3 id={name} className={`${styles.title} ${typo.body} ${typo.strong}`}>
          {text('whatIf.replay')}
        </h3>
        <Button icon={<ArrowClockwise20Regular />} disabledFocusable={asking} onClick={play}>
          {text(asking ? 'whatIf.playing' : failed ? 'whatIf.again' : 'whatIf.play')}
        </Button>
      </div>
      <p className={`${styles.sentence} ${typo.body}`} role="status" aria-busy={asking}>
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
      <span role="cell" className={`${typo.body} ${typo.soft} ${typo.cut}`} title={was}>
        {was}
      </span>
      <span role="cell" className={`${typo.body} ${typo.strong} ${typo.cut}`} title={would}>
        {would}
      </span>
    </>
  );
}

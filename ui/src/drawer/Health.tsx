// The health page: one card for each side, with what can be done about it.
import { Button } from '@fluentui/react-components';
import { ChevronLeft20Regular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';

import type { Act } from '../act';
import type { Health as HealthView } from '../bindings/Health';
import type { HealthCard } from '../bindings/HealthCard';
import { useNow } from '../now';
import { text } from '../text';
import { ago, clockTime, MINUTE } from '../time';
import { APPEARANCE } from './Banner';
import styles from './Health.module.css';
import { LevelIcon } from './LevelIcon';
import typo from './type.module.css';

interface Props {
  health: HealthView;
  /** When the view was fetched, in ms. */
  at: number;
  act: Act;
  back: () => void;
}

export function Health({ health, at, act, back }: Props) {
  const now = Math.max(useNow(MINUTE), at);
  const head = useRef<HTMLDivElement>(null);
  // The page was asked for: the focus goes along, to the way back.
  useEffect(() => head.current?.querySelector('button')?.focus(), []);
  return (
    <>
      <div ref={head} className={styles.head}>
        <Button
          appearance="subtle"
          icon={<ChevronLeft20Regular />}
          aria-label={text('health.back')}
          title={text('health.back')}
          onClick={back}
        />
        <h2 className={`${styles.title} ${typo.body} ${typo.strong}`}>{text('health.title')}</h2>
        <button
          type="button"
          className={`${typo.link} ${typo.focus} ${typo.strong}`}
          onClick={() => {
            act('syncNow');
          }}
        >
          {text('health.checkAgain')}
        </button>
      </div>
      <div className={styles.cards}>
        {health.cards.map((card) => (
          <Card key={card.title} card={card} now={now} act={act} />
        ))}
      </div>
    </>
  );
}

function Card({ card, now, act }: { card: HealthCard; now: number; act: Act }) {
  const { level, button } = card;
  return (
    <section className={styles.card} aria-label={card.title} data-cause={card.cause ?? undefined}>
      <div className={styles.cardHead}>
        <LevelIcon level={level} size={20} />
        <h3 className={`${styles.cardTitle} ${typo.body} ${typo.strong}`}>{card.title}</h3>
      </div>
      <div className={styles.cardBody}>
        <p className={`${styles.words} ${typo.small} ${typo.soft}`}>{card.text}</p>
        {card.details !== null && (
          <details className={`${styles.details} ${typo.small} ${typo.quiet}`}>
            <summary className={typo.focus}>{text('health.details')}</summary>
            <p>{card.details}</p>
          </details>
        )}
        <div className={`${styles.line} ${typo.small} ${typo.quiet} ${typo.numbers}`}>
          <span>{known(card, now)}</span>
          {button && (
            <Button
              size="small"
              appearance={APPEARANCE[button.kind]}
              onClick={() => {
                act(button.action);
              }}
            >
              {button.label}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** Of a side that fails the time of the last success is of use; of one that works, how long ago that is. */
function known({ asOf }: HealthCard, now: number): string {
  if (asOf === null) return '';
  const at = Date.parse(asOf.at);
  switch (asOf.is) {
    case 'read':
      return text('health.read', { age: ago(at, now) });
    case 'changed':
      return text('health.changed', { age: ago(at, now) });
    case 'seen':
      return text('health.lastSeen', { time: clockTime(at) });
  }
}

// The health page: one card for each part, with a button for what can be done about it.
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
import shared from '../shared.module.css';

interface Props {
  health: HealthView;
  /** When the view was fetched, in ms. */
  fetchedAt: number;
  act: Act;
  back: () => void;
}

export function Health({ health, fetchedAt, act, back }: Props) {
  const now = Math.max(useNow(MINUTE), fetchedAt);
  const head = useRef<HTMLDivElement>(null);
  // The person opened the page, so its first button, *Back*, gets the focus.
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
        <h2 className={`${styles.title} ${shared.body} ${shared.strong}`}>{text('health.title')}</h2>
        <button
          type="button"
          className={`${shared.link} ${shared.focus} ${shared.strong}`}
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
        <h3 className={`${styles.cardTitle} ${shared.body} ${shared.strong}`}>{card.title}</h3>
      </div>
      <div className={styles.cardBody}>
        <p className={`${styles.words} ${shared.small} ${shared.soft}`}>{card.text}</p>
        {card.details !== null && (
          <details className={`${styles.details} ${shared.small} ${shared.quiet}`}>
            <summary className={shared.focus}>{text('health.details')}</summary>
            <p>{card.details}</p>
          </details>
        )}
        <div className={`${styles.line} ${shared.small} ${shared.quiet} ${shared.numbers}`}>
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

/** For a part that fails, the time of the last success; for one that works, how long ago it was read. */
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

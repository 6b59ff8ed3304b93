// Calls that come in. ConnectPath answers them: this only says who calls, to whom, and how they are to be reached else.
import { Avatar } from '@fluentui/react-components';
import { useState } from 'react';

import type { Incoming } from '../bindings/Incoming';
import { useNow } from '../now';
import { text } from '../text';
import { counter, SECOND } from '../time';
import { Face } from './Face';
import styles from './Incoming.module.css';
import { Named } from './Named';
import type { Photos } from './photos';
import { CallerSides } from './Sides';
import typo from './type.module.css';

interface Props {
  calls: readonly Incoming[];
  /** When the view was fetched, in ms. */
  at: number;
  photos: Photos;
}

/** Those that ring: the first as a card, the others as rows under it. */
export function Cards({ calls, at, photos }: Props) {
  return (
    <section className={styles.cards} tabIndex={-1} aria-label={text('incomingCard.name')}>
      {calls.map((call, index) =>
        index === 0 ? (
          <Card key={call.contact} call={call} at={at} photos={photos} />
        ) : (
          <Row key={call.contact} call={call} photos={photos} />
        ),
      )}
    </section>
  );
}

function Card({ call, at, photos }: { call: Incoming } & Omit<Props, 'calls'>) {
  const { title, lines, who } = call;
  return (
    <div className={styles.card}>
      {who && <Person who={who} photos={photos} size={36} />}
      <div className={styles.words}>
        <div className={`${typo.body} ${typo.strong} ${styles.title}`}>
          <Named words={title} name={who?.name} />
        </div>
        <div className={`${styles.lines} ${typo.small} ${typo.soft} ${typo.numbers}`}>
          {lines.map((line, index) => (
            <div key={index} className={styles.line}>
              {line}
            </div>
          ))}
          {who && <CallerSides who={who} at={at} />}
        </div>
        <div className={`${styles.answer} ${typo.small} ${typo.soft}`}>{text('incomingCard.answer')}</div>
      </div>
    </div>
  );
}

function Row({ call: { title, lines, who }, photos }: { call: Incoming; photos: Photos }) {
  const more = lines.join(', ');
  return (
    <div className={`${styles.card} ${styles.row}`} title={more ? `${title}. ${more}` : title}>
      {who && <Person who={who} photos={photos} size={24} />}
      <div className={styles.words}>
        <div className={`${typo.small} ${typo.strong} ${typo.cut}`}>
          <Named words={title} name={who?.name} />
        </div>
        <div className={`${typo.small} ${typo.soft} ${typo.cut} ${typo.numbers}`}>{more}</div>
      </div>
    </div>
  );
}

/** Those that were answered. There is nothing to press: ConnectPath has *Hang up*. */
export function Answered({ calls, at, photos }: Props) {
  return (
    <section className={styles.answered} tabIndex={-1} aria-label={text('incomingCard.answered')}>
      {calls.map(({ contact, title, who, answered }) => (
        <div key={contact} className={styles.live}>
          {who ? (
            <Person who={who} photos={photos} size={24} />
          ) : (
            <Avatar size={24} color="neutral" aria-hidden="true" />
          )}
          <span className={`${typo.body} ${typo.strong} ${typo.cut}`} title={title}>
            <Named words={title} name={who?.name} />
          </span>
          {answered !== null && <Counted since={Date.parse(answered)} at={at} />}
        </div>
      ))}
    </section>
  );
}

function Counted({ since, at }: { since: number; at: number }) {
  const now = Math.max(useNow(SECOND), at);
  return (
    <span className={`${styles.counted} ${typo.small} ${typo.soft} ${typo.numbers}`}>
      {text('callBar.connected', { time: counter((now - since) / SECOND) })}
    </span>
  );
}

function Person({ who, ...rest }: { who: NonNullable<Incoming['who']>; photos: Photos; size: 24 | 36 }) {
  return <Face id={who.person} name={who.name} photo={who.photo} badge={who.badge} there={who.there} {...rest} />;
}

/**
 * Announces each call once, in the words of its first moment: not what ticks, and not what becomes known later. Of what a
 * queue hands out ConnectPath announces already, all day.
 */
export function Announced({ calls }: { calls: readonly Incoming[] }) {
  const forYou = calls.filter((call) => call.forYou);
  if (forYou.length === 0) return null;
  return (
    <div className={typo.unseen} role="alert" aria-atomic="false">
      {forYou.map(({ contact, title, lines }) => (
        <Once key={contact} words={[title, ...lines, text('incomingCard.answer')].join('. ')} />
      ))}
    </div>
  );
}

/** Words that stay as they were at first, so that they are read out once. */
export function Once({ words }: { words: string }) {
  const [first] = useState(words);
  return <p>{first}</p>;
}

// Incoming calls. They are answered in ConnectPath: this only shows who calls, and whom.
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
import shared from '../shared.module.css';

interface Props {
  calls: readonly Incoming[];
  /** When the view was fetched, in ms. */
  fetchedAt: number;
  photos: Photos;
}

/** Ringing calls: the first as a card, the others as rows under it. */
export function Cards({ calls, fetchedAt, photos }: Props) {
  return (
    <section className={styles.cards} tabIndex={-1} aria-label={text('incomingCard.name')}>
      {calls.map((call, index) =>
        index === 0 ? (
          <Card key={call.contact} call={call} fetchedAt={fetchedAt} photos={photos} />
        ) : (
          <Row key={call.contact} call={call} photos={photos} />
        ),
      )}
    </section>
  );
}

function Card({ call, fetchedAt, photos }: { call: Incoming } & Omit<Props, 'calls'>) {
  const { title, lines, who } = call;
  return (
    <div className={styles.card}>
      {who && <Person who={who} photos={photos} size={36} />}
      <div className={styles.words}>
        <div className={`${shared.body} ${shared.strong} ${styles.title}`}>
          <Named words={title} name={who?.name} />
        </div>
        <div className={`${styles.lines} ${shared.small} ${shared.soft} ${shared.numbers}`}>
          {lines.map((line, index) => (
            <div key={index} className={styles.line}>
              {line}
            </div>
          ))}
          {who && <CallerSides who={who} fetchedAt={fetchedAt} />}
        </div>
        <div className={`${styles.answer} ${shared.small} ${shared.soft}`}>{text('incomingCard.answer')}</div>
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
        <div className={`${shared.small} ${shared.strong} ${shared.ellipsis}`}>
          <Named words={title} name={who?.name} />
        </div>
        <div className={`${shared.small} ${shared.soft} ${shared.ellipsis} ${shared.numbers}`}>{more}</div>
      </div>
    </div>
  );
}

/** Answered calls. They have no buttons: *Hang up* is in ConnectPath. */
export function Answered({ calls, fetchedAt, photos }: Props) {
  return (
    <section className={styles.answered} tabIndex={-1} aria-label={text('incomingCard.answered')}>
      {calls.map(({ contact, title, who, answered }) => (
        <div key={contact} className={styles.live}>
          {who ? (
            <Person who={who} photos={photos} size={24} />
          ) : (
            <Avatar size={24} color="neutral" aria-hidden="true" />
          )}
          <span className={`${shared.body} ${shared.strong} ${shared.ellipsis}`} title={title}>
            <Named words={title} name={who?.name} />
          </span>
          {answered !== null && <Counted since={Date.parse(answered)} fetchedAt={fetchedAt} />}
        </div>
      ))}
    </section>
  );
}

function Counted({ since, fetchedAt }: { since: number; fetchedAt: number }) {
  const now = Math.max(useNow(SECOND), fetchedAt);
  return (
    <span className={`${styles.counted} ${shared.small} ${shared.soft} ${shared.numbers}`}>
      {text('callBar.connected', { time: counter((now - since) / SECOND) })}
    </span>
  );
}

function Person({ who, ...rest }: { who: NonNullable<Incoming['who']>; photos: Photos; size: 24 | 36 }) {
  return <Face id={who.person} name={who.name} photo={who.photo} badge={who.badge} there={who.there} {...rest} />;
}

/**
 * Announces each call to this agent once, with the words that it had first, without times and later details. Calls from a
 * queue are announced by ConnectPath already.
 */
export function Announced({ calls }: { calls: readonly Incoming[] }) {
  const forYou = calls.filter((call) => call.forYou);
  if (forYou.length === 0) return null;
  return (
    <div className={shared.visuallyHidden} role="alert" aria-atomic="false">
      {forYou.map(({ contact, title, lines }) => (
        <Once key={contact} words={[title, ...lines, text('incomingCard.answer')].join('. ')} />
      ))}
    </div>
  );
}

/** Keeps the words of the first render, so that they are read out once. */
export function Once({ words }: { words: string }) {
  const [first] = useState(words);
  return <p>{first}</p>;
}

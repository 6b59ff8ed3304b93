// One person, in own light markup: the list draws hundreds of these while it scrolls. Everything it shows comes in
// as values that stay equal while nothing changed, so that a memoised row is not drawn again.
import { Avatar } from '@fluentui/react-components';
import { Alert16Regular, Call20Regular, MoreHorizontal20Regular } from '@fluentui/react-icons';
import { memo, type ReactNode } from 'react';

import type { PersonLine } from '../bindings/PersonLine';
import type { Side } from '../bindings/Side';
import { text } from '../text';
import { ConnectGlyph, TeamsGlyph } from './Glyph';
import { defaultNumber } from './numbers';
import styles from './PersonRow.module.css';
import { usePhoto, type Photos } from './photos';
import { bothUnknown, hue, PRESENCE } from './words';

interface Props {
  person: PersonLine;
  photos: Photos;
  /** The accessible name, which is the tooltip where words are cut off. */
  label: string;
  connectTime: string;
  teamsTime: string;
  /** The index of the line in the list. */
  index: number;
  /** Which of all people it is, from 1. */
  position: number;
  /** How many people the whole list has. */
  size: number;
  /** Where it stands in the list, in px from the top. */
  top: number;
  /** True for the one row that the Tab key reaches. */
  active: boolean;
  /** True while the menu is open for it. */
  open: boolean;
}

export const PersonRow = memo(function PersonRow(props: Props) {
  const { person, label, index, position, size, top, active, open } = props;
  return (
    <div
      className={`${styles.row} ${person.there ? '' : styles.gone} ${open ? styles.open : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      role="listitem"
      aria-label={label}
      aria-posinset={position}
      aria-setsize={size}
      tabIndex={active ? 0 : -1}
      data-index={index}
      onMouseEnter={(event) => {
        // A tooltip that says what stands there anyway would only lie over the menu.
        event.currentTarget.title = isCut(event.currentTarget) ? label : '';
      }}
    >
      <div className={styles.face} aria-hidden="true">
        <Face person={person} photos={props.photos} />
        <div className={styles.words}>
          <div className={styles.who}>
            <span className={styles.name}>{person.name}</span>
            {person.waits === 'waiting' && <Alert16Regular className={styles.bell} />}
          </div>
          <Status {...props} />
        </div>
      </div>
      <div className={styles.acts}>
        {defaultNumber(person) && (
          <Act what="call" name={text('menu.callPerson', { name: person.name })} icon={<Call20Regular />} />
        )}
        <Act what="more" name={text('list.moreFor', { name: person.name })} icon={<MoreHorizontal20Regular />} />
      </div>
    </div>
  );
});

/** The initials, and the photo over them as soon as it is there. */
function Face({ person, photos }: Pick<Props, 'person' | 'photos'>) {
  const photo = usePhoto(photos, person.id, person.photo);
  return (
    <Avatar
      name={person.name}
      size={32}
      color={person.there ? hue(person.id) : 'neutral'}
      badge={{ status: PRESENCE[person.badge] }}
      image={photo === null ? undefined : { src: photo }}
    />
  );
}

function isCut(row: HTMLElement): boolean {
  return [...row.querySelectorAll('*')].some(
    (part) => part.childElementCount === 0 && part.scrollWidth > part.clientWidth && part.clientWidth > 0,
  );
}

/** A button for the pointer; the list hears it by `data-do`. Keys have their own way, so that a row is one stop. */
function Act({ what, name, icon }: { what: 'call' | 'more'; name: string; icon: ReactNode }) {
  return (
    <button type="button" className={styles.act} tabIndex={-1} data-do={what} aria-label={name} title={name}>
      {icon}
    </button>
  );
}

function Status({ person, connectTime, teamsTime }: Props) {
  const { connect, teams } = person;
  if (connect && bothUnknown(person)) {
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
  return (
    <div className={`${styles.status} ${connect && teams ? styles.both : ''}`}>
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

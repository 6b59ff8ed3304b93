// One person, in own light markup: the list draws hundreds of these while it scrolls. Everything it shows comes in
// as values that stay equal while nothing changed, so that a memoised row is not drawn again.
import { Alert16Regular, Checkmark16Regular, Call20Regular, MoreHorizontal20Regular } from '@fluentui/react-icons';
import { memo, type ReactNode } from 'react';

import type { PersonLine } from '../bindings/PersonLine';
import { text } from '../text';
import { Face } from './Face';
import { defaultNumber } from './numbers';
import styles from './PersonRow.module.css';
import type { Photos } from './photos';
import { Sides } from './Sides';

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
  /** Said on the row for a moment: "Number copied"; else empty. */
  note: string;
}

export const PersonRow = memo(function PersonRow(props: Props) {
  const { person, label, index, position, size, top, active, open, note } = props;
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
        <Face
          id={person.id}
          name={person.name}
          photo={person.photo}
          badge={person.badge}
          there={person.there}
          photos={props.photos}
        />
        <div className={styles.words}>
          <div className={styles.who}>
            <bdi className={styles.name}>{person.name}</bdi>
            {person.waits === 'waiting' && <Alert16Regular className={styles.bell} />}
            {note && (
              <span className={styles.note}>
                <Checkmark16Regular />
                {note}
              </span>
            )}
          </div>
          <Sides
            connect={person.connect}
            teams={person.teams}
            connectTime={props.connectTime}
            teamsTime={props.teamsTime}
          />
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

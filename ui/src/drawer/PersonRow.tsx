// The row of a person, in light markup: the list renders hundreds of these while it scrolls. Its props stay equal while
// nothing has changed, so that a memoised row is not rendered again.
import { Alert16Regular, Checkmark16Regular, Call20Regular, MoreHorizontal20Regular } from '@fluentui/react-icons';
import { memo, type ReactNode } from 'react';

import type { PersonLine } from '../bindings/PersonLine';
import { text } from '../text';
import { Face } from './Face';
import { defaultNumber } from './numbers';
import styles from './PersonRow.module.css';
import type { Photos } from './photos';
import { isCut } from './rows';
import { Sides } from './Sides';
import shared from '../shared.module.css';

interface Props {
  person: PersonLine;
  photos: Photos;
  /** The accessible name, which is also the tooltip if words are cut off. */
  label: string;
  connectTime: string;
  teamsTime: string;
  /** The index of the line in the list. */
  index: number;
  /** Its place in the list, in px from the top. */
  top: number;
  /** True for the one row that the Tab key reaches. */
  active: boolean;
  /** True while the menu is open for it. */
  open: boolean;
  /** Shown on the row for a moment: "Number copied"; else empty. */
  note: string;
}

export const PersonRow = memo(function PersonRow(props: Props) {
  const { person, label, index, top, active, open, note } = props;
  return (
    <div
      className={`${styles.row} ${person.there ? '' : styles.gone} ${open ? styles.open : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      role="row"
      aria-rowindex={index + 1}
      data-index={index}
      data-person={person.id}
      onMouseEnter={(event) => {
        // A tooltip that only repeats the visible words would cover the menu.
        event.currentTarget.title = isCut(event.currentTarget) ? label : '';
      }}
    >
      <div
        className={styles.person}
        role="rowheader"
        aria-haspopup="menu"
        aria-expanded={open}
        tabIndex={active ? 0 : -1}
      >
        <span className={shared.visuallyHidden}>{label}</span>
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
      </div>
      <div role="gridcell" className={styles.acts}>
        {/* In a toolbar, screen readers leave the arrow keys to the page. */}
        <div role="toolbar" className={styles.buttons}>
          {defaultNumber(person) && (
            <RowButton what="call" name={text('menu.callPerson', { name: person.name })} icon={<Call20Regular />} />
          )}
          <RowButton
            what="more"
            name={text('list.moreFor', { name: person.name })}
            icon={<MoreHorizontal20Regular />}
          />
        </div>
      </div>
    </div>
  );
});

/** The list handles its click by `data-action`. The arrow keys reach it, not the Tab key, so that the list is one tab stop. */
function RowButton({ what, name, icon }: { what: 'call' | 'more'; name: string; icon: ReactNode }) {
  return (
    <button type="button" className={styles.act} tabIndex={-1} data-action={what} aria-label={name} title={name}>
      {icon}
    </button>
  );
}

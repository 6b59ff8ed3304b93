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
import { isCut } from './rows';
import { Sides } from './Sides';
import typo from './type.module.css';

interface Props {
  person: PersonLine;
  photos: Photos;
  /** The accessible name, which is the tooltip where words are cut off. */
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
  /** Said on the row for a moment: "Number copied"; else empty. */
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
        // A tooltip that says what is there anyway would only lie over the menu.
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
        <span className={typo.unseen}>{label}</span>
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
        {/* In a toolbar the arrow keys stay with the page, whatever reads the screen. */}
        <div role="toolbar" className={styles.buttons}>
          {defaultNumber(person) && (
            <Act what="call" name={text('menu.callPerson', { name: person.name })} icon={<Call20Regular />} />
          )}
          <Act what="more" name={text('list.moreFor', { name: person.name })} icon={<MoreHorizontal20Regular />} />
        </div>
      </div>
    </div>
  );
});

/** The list hears it by `data-do`. The arrow keys reach it, and not the Tab key, so that the list is one stop. */
function Act({ what, name, icon }: { what: 'call' | 'more'; name: string; icon: ReactNode }) {
  return (
    <button type="button" className={styles.act} tabIndex={-1} data-do={what} aria-label={name} title={name}>
      {icon}
    </button>
  );
}

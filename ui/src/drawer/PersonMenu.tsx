// The menu of a row: the person's numbers, and the other actions for the person.
import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  type PositioningVirtualElement,
} from '@fluentui/react-components';
import {
  Alert20Regular,
  AlertOff20Regular,
  Call20Regular,
  Copy20Regular,
  LinkDismiss20Regular,
  PersonLink20Regular,
  Star20Regular,
  StarOff20Regular,
} from '@fluentui/react-icons';

import { useId } from 'react';

import type { Act } from '../act';
import type { PersonLine } from '../bindings/PersonLine';
import { text } from '../text';
import type { Copy } from './copy';
import { Named } from './Named';
import { refusal } from './numbers';
import styles from './PersonMenu.module.css';
import { Sides } from './Sides';
import shared from '../shared.module.css';
import { lasted, spokenSides } from './words';

interface Props {
  person: PersonLine;
  /** Where it opens: a row or the pointer. */
  target: PositioningVirtualElement;
  /** The time, in ms. */
  now: number;
  /** The part of the page that it belongs to. */
  within: HTMLElement | null;
  act: Act;
  copy: Copy;
  /** Called when it closes; true if the row has to get the focus back. */
  closed: (focusBack: boolean) => void;
}

export function PersonMenu({ person, target, now, within, act, copy, closed }: Props) {
  const states = useId();
  return (
    <Menu
      open
      mountNode={within}
      closeOnScroll
      positioning={{ target, position: 'below', align: 'start', offset: { mainAxis: 2 }, overflowBoundaryPadding: 8 }}
      onOpenChange={(_, { open }) => {
        if (open) return;
        const focused = document.activeElement;
        closed(focused === document.body || focused?.closest('[role="menu"]') !== null);
      }}
    >
      <MenuPopover
        className={`${styles.menu} ${shared.onTop}`}
        onContextMenu={(event) => {
          event.preventDefault();
        }}
      >
        {/* Without a trigger, Fluent would name the menu by an element that does not exist. */}
        <MenuList aria-label={person.name} aria-labelledby={undefined} aria-describedby={states}>
          <Calls person={person} now={now} act={act} />
          <span id={states} hidden>
            {spokenSides(person, now)} {warning(person)}
          </span>
          <MenuDivider />
          <CopyNumber person={person} within={within} copy={copy} />
          <MenuItem
            icon={person.favourite ? <StarOff20Regular /> : <Star20Regular />}
            aria-keyshortcuts="Control+D"
            onClick={() => {
              act({ favourite: { person: person.id, on: !person.favourite } });
            }}
          >
            {text(person.favourite ? 'menu.removeFavourite' : 'menu.addFavourite')}
          </MenuItem>
          <WhenFree person={person} act={act} />
          <Same person={person} act={act} />
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** The warning before a call to somebody who is on a contact; else empty. */
function warning({ onContact, name }: PersonLine): string {
  return onContact ? text('menu.onContact', { name }) : '';
}

function Calls({ person, now, act }: Pick<Props, 'person' | 'now' | 'act'>) {
  return (
    <MenuGroup>
      <MenuGroupHeader>
        <span className={shared.ellipsis}>
          <Named words={text('menu.callPerson', { name: person.name })} name={person.name} />
        </span>
      </MenuGroupHeader>
      {/* Screen readers read only the items of a menu, so these words are also its description. */}
      <div className={styles.states} aria-hidden="true">
        <Sides
          connect={person.connect}
          teams={person.teams}
          connectTime={lasted(person.connect, now)}
          teamsTime={lasted(person.teams, now)}
          whole
        />
        {person.onContact && <Named words={warning(person)} name={person.name} />}
      </div>
      {person.numbers.length === 0 && (
        <MenuItem disabled icon={<Call20Regular />} subText={why(person.callRefused)}>
          {text('menu.call')}
        </MenuItem>
      )}
      {person.numbers.map((number, index) => {
        const refused = refusal(person, number);
        return (
          <MenuItem
            key={index}
            className={shared.numbers}
            icon={<Call20Regular />}
            secondaryContent={number.kind}
            disabled={refused !== null}
            subText={why(refused)}
            onClick={() => {
              if (refused === null && number.dial) act({ call: { person: person.id, number: number.dial } });
            }}
          >
            {number.words}
          </MenuItem>
        );
      })}
    </MenuGroup>
  );
}

function CopyNumber({ person, within, copy }: Pick<Props, 'person' | 'within' | 'copy'>) {
  const [first, ...others] = person.numbers;
  if (!first || others.length === 0) {
    return (
      <MenuItem
        icon={<Copy20Regular />}
        disabled={!first}
        onClick={() => {
          if (first) copy(first.words, 'number', person.id);
        }}
      >
        {text('menu.copyNumber')}
      </MenuItem>
    );
  }
  return (
    <Menu mountNode={within}>
      <MenuTrigger disableButtonEnhancement>
        <MenuItem icon={<Copy20Regular />}>{text('menu.copyNumber')}</MenuItem>
      </MenuTrigger>
      <MenuPopover className={shared.onTop}>
        <MenuList>
          {person.numbers.map((number, index) => (
            <MenuItem
              key={index}
              className={shared.numbers}
              secondaryContent={number.kind}
              onClick={() => {
                copy(number.words, 'number', person.id);
              }}
            >
              {number.words}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function WhenFree({ person, act }: Pick<Props, 'person' | 'act'>) {
  const { id, name, waits } = person;
  const free = waits === 'free';
  const waiting = waits === 'waiting';
  return (
    <MenuItem
      icon={waiting ? <AlertOff20Regular /> : <Alert20Regular />}
      disabled={free}
      subText={why(free ? text('menu.freeNow', { name }) : null)}
      onClick={() => {
        if (!free) act({ tellWhenFree: { person: id, on: !waiting } });
      }}
    >
      {text(waiting ? 'menu.stopWaiting' : 'menu.tellWhenFree')}
    </MenuItem>
  );
}

/** Lets the agent confirm or deny that two entries are the same person; nothing if there is no proposal. */
function Same({ person: { id, join }, act }: Pick<Props, 'person' | 'act'>) {
  if (!join) return null;
  if (join.is === 'confirmed') {
    return (
      <MenuItem
        icon={<LinkDismiss20Regular />}
        onClick={() => {
          act({ notSamePerson: { person: id } });
        }}
      >
        {text('menu.notSamePerson')}
      </MenuItem>
    );
  }
  return (
    <MenuItem
      icon={<PersonLink20Regular />}
      subText={why(join.detail)}
      onClick={() => {
        act({ samePerson: { user: id, person: join.person } });
      }}
    >
      {text('menu.samePerson', { name: join.name })}
    </MenuItem>
  );
}

/** The reason under a disabled item, in a colour with enough contrast. */
function why(words: string | null) {
  return words === null ? undefined : { className: styles.reason, children: words };
}

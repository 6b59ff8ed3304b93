// The one menu of all rows: a person's numbers, and what else can be done with the person.
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

import type { Act } from '../act';
import type { PersonLine } from '../bindings/PersonLine';
import { text } from '../text';
import type { Copy } from './copy';
import { refusal } from './numbers';
import styles from './PersonMenu.module.css';
import typo from './type.module.css';

interface Props {
  person: PersonLine;
  /** Where it opens: a row or the pointer. */
  target: PositioningVirtualElement;
  /** The part of the page that it belongs to. */
  within: HTMLElement | null;
  act: Act;
  copy: Copy;
  /** Told when it closes; true if the focus has to go back to the row. */
  closed: (focusBack: boolean) => void;
}

export function PersonMenu({ person, target, within, act, copy, closed }: Props) {
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
        className={styles.menu}
        onContextMenu={(event) => {
          event.preventDefault();
        }}
      >
        {/* Without a trigger, Fluent would name the menu by something that is not there. */}
        <MenuList aria-label={person.name} aria-labelledby={undefined}>
          <Calls person={person} act={act} />
          <MenuDivider />
          <CopyNumber person={person} within={within} copy={copy} />
          <MenuItem
            icon={person.favourite ? <StarOff20Regular /> : <Star20Regular />}
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

function Calls({ person, act }: Pick<Props, 'person' | 'act'>) {
  return (
    <MenuGroup>
      <MenuGroupHeader className={styles.head}>{text('menu.callPerson', { name: person.name })}</MenuGroupHeader>
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
            className={typo.numbers}
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
          if (first) copy(first.words);
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
      <MenuPopover>
        <MenuList>
          {person.numbers.map((number, index) => (
            <MenuItem
              key={index}
              className={typo.numbers}
              secondaryContent={number.kind}
              onClick={() => {
                copy(number.words);
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

/** What the agent can say about who the row is; nothing while there is nothing to say. */
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

/** What stands under an item, as the reason of a greyed one does, in a colour that can be read. */
function why(words: string | null) {
  return words === null ? undefined : { className: styles.reason, children: words };
}

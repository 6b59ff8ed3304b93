// The agent's own header: who, the two states, how they are linked, and why.
import {
  Avatar,
  Button,
  Menu,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
  PresenceBadge,
} from '@fluentui/react-components';
import {
  ArrowBidirectionalLeftRight16Regular,
  ArrowClockwise20Regular,
  ArrowLeft16Regular,
  ArrowRight16Regular,
  LinkDismiss16Regular,
  MoreHorizontal20Regular,
  Pause16Filled,
  Pause20Regular,
  Play20Regular,
} from '@fluentui/react-icons';
import { memo, useLayoutEffect, useRef, useState, type RefObject } from 'react';

import type { Act } from '../act';
import type { Knob as KnobState } from '../bindings/Knob';
import type { Own as OwnView } from '../bindings/Own';
import type { OwnNumber } from '../bindings/OwnNumber';
import type { Side } from '../bindings/Side';
import { useMedia } from '../media';
import { useNow } from '../now';
import { text } from '../text';
import { clockTime, MINUTE } from '../time';
import { OWN, type Copy } from './copy';
import { ConnectGlyph, TeamsGlyph } from './Glyph';
import { LastItems } from './LastItems';
import styles from './Own.module.css';
import { PauseMenu } from './PauseMenu';
import { Reason } from './Reason';
import shared from '../shared.module.css';
import { lasted, PRESENCE, spokenSide } from './words';

const KNOBS = {
  both: ArrowBidirectionalLeftRight16Regular,
  connectToTeams: ArrowRight16Regular,
  teamsToConnect: ArrowLeft16Regular,
  off: LinkDismiss16Regular,
  notInStep: LinkDismiss16Regular,
  paused: Pause16Filled,
} as const satisfies Record<KnobState, unknown>;

interface Props {
  own: OwnView;
  /** When this was first fetched with its current value, in ms. */
  fetchedAt: number;
  act: Act;
  copy: Copy;
  /** Shown for a moment after the own number was copied; else empty. */
  notice: string;
  openHealth: () => void;
  /** The button that pauses or resumes. */
  pause: RefObject<HTMLButtonElement | null>;
  /** True while the list has a section for each department. */
  grouped: boolean;
}

export const Own = memo(function Own({ own, fetchedAt, act, copy, notice, openHealth, pause, grouped }: Props) {
  const now = Math.max(useNow(MINUTE), fetchedAt);
  const [header, setHeader] = useState<HTMLElement | null>(null);
  return (
    <header className={styles.own} ref={setHeader}>
      <div className={styles.who}>
        <Avatar name={own.name} size={36} color="brand" aria-hidden="true" />
        <div className={styles.names}>
          <h1 className={`${styles.name} ${shared.body} ${shared.strong} ${shared.ellipsis}`}>
            {own.name || text('own.nobody')}
          </h1>
          <Line number={own.number} upn={own.upn} copy={copy} notice={notice} />
        </div>
        <PauseButton paused={own.knob === 'paused'} within={header} act={act} button={pause} />
        <Buttons
          why={own.why}
          number={own.number}
          within={header}
          grouped={grouped}
          act={act}
          copy={copy}
          openHealth={openHealth}
        />
      </div>
      <div className={styles.sides}>
        <Card system="connect" side={own.connect} now={now} />
        <Knob knob={own.knob} within={header} act={act} />
        <Card system="teams" side={own.teams} now={now} />
      </div>
      <Reason reason={own.reason} why={own.why} fetchedAt={fetchedAt} act={act} />
      {/* Without the times, which would be read out every minute. */}
      <div className={shared.visuallyHidden} role="status">
        {`${text('side.words', { side: text('side.connect'), words: own.connect.words })}. `}
        {`${text('side.words', { side: text('side.teams'), words: own.teams.words })}.`}
      </div>
    </header>
  );
});

/** The own number can be copied; a user principal name is only shown. */
function Line({ number, upn, copy, notice }: Pick<OwnView, 'number' | 'upn'> & { copy: Copy; notice: string }) {
  const type = `${shared.small} ${shared.quiet} ${shared.numbers} ${shared.ellipsis}`;
  if (!number) return <div className={type}>{upn}</div>;
  const name = text('own.copyNumber', { line: number.words });
  return (
    <button
      type="button"
      className={`${styles.number} ${type} ${shared.focus}`}
      aria-label={name}
      title={name}
      onClick={() => {
        copy(number.copy, 'number', OWN);
      }}
    >
      {notice || number.words}
    </button>
  );
}

interface ButtonsProps extends Pick<Props, 'grouped' | 'act' | 'copy' | 'openHealth'> {
  why: string | null;
  number: OwnNumber | null;
  /** The part of the page in which the menu is placed. */
  within: HTMLElement | null;
}

function Buttons({ why, number, within, grouped, act, copy, openHealth }: ButtonsProps) {
  const narrow = useMedia('(max-width: 339px)');
  const refresh = () => {
    act('refreshPeople');
  };
  return (
    <>
      {!narrow && (
        <Button
          appearance="subtle"
          icon={<ArrowClockwise20Regular />}
          aria-label={text('own.refresh')}
          aria-keyshortcuts="F5"
          title={text('own.refresh')}
          onClick={refresh}
        />
      )}
      <Menu
        positioning="below-end"
        mountNode={within}
        hasCheckmarks
        checkedValues={{ list: grouped ? ['departments'] : [], status: number?.inStatus ? ['number'] : [] }}
        onCheckedValueChange={(_, { name, checkedItems }) => {
          if (name === 'list') act('toggleDepartments');
          else if (!number?.statusLocked) act({ numberInStatus: { on: checkedItems.length > 0 } });
        }}
      >
        <MenuTrigger>
          <Button
            appearance="subtle"
            icon={<MoreHorizontal20Regular />}
            aria-label={text('own.more')}
            title={text('own.more')}
          />
        </MenuTrigger>
        <MenuPopover className={shared.onTop}>
          <MenuList>
            {narrow && <MenuItem onClick={refresh}>{text('own.refresh')}</MenuItem>}
            {why !== null && (
              <MenuItem
                onClick={() => {
                  act({ openSettings: { page: 'timeline' } });
                }}
              >
                {why}
              </MenuItem>
            )}
            <MenuItem
              onClick={() => {
                act({ openSettings: { page: 'calls' } });
              }}
            >
              {text('own.recentCalls')}
            </MenuItem>
            <MenuItem onClick={openHealth}>{text('own.health')}</MenuItem>
            {number && (
              <>
                <MenuItem
                  onClick={() => {
                    copy(number.copy);
                  }}
                >
                  {text('own.copyMine')}
                </MenuItem>
                <MenuItemCheckbox
                  name="status"
                  value="number"
                  aria-disabled={number.statusLocked}
                  subText={number.statusLocked ? text('own.byAdministrator') : undefined}
                >
                  {text('own.numberInStatus')}
                </MenuItemCheckbox>
              </>
            )}
            <MenuItemCheckbox name="list" value="departments">
              {text('own.groupByDepartment')}
            </MenuItemCheckbox>
            <LastItems act={act} />
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
}

function Card({ system, side, now }: { system: 'connect' | 'teams'; side: Side; now: number }) {
  const Glyph = system === 'connect' ? ConnectGlyph : TeamsGlyph;
  const unknown = side.badge === 'unknown';
  const time =
    unknown && side.since ? text('side.seen', { time: clockTime(Date.parse(side.since)) }) : lasted(side, now);
  const name = unknown
    ? text(time ? 'side.wordsFor' : 'side.words', { side: text(`side.${system}`), words: side.words, time })
    : spokenSide(system, side, now);
  return (
    <div className={styles.card} role="group" aria-label={name} title={name}>
      <div className={`${styles.system} ${shared.small} ${shared.quiet}`} aria-hidden="true">
        <Glyph size={12} />
        <span>{text(`side.${system}`)}</span>
        <span className={`${styles.time} ${shared.numbers}`}>{time}</span>
      </div>
      <div className={styles.state} aria-hidden="true">
        <PresenceBadge size="small" status={PRESENCE[side.badge]} />
        <span className={`${shared.body} ${shared.ellipsis} ${unknown ? shared.quiet : shared.strong}`}>
          {side.words}
        </span>
      </div>
    </div>
  );
}

interface PauseProps {
  paused: boolean;
  /** The part of the page in which the menu is placed. */
  within: HTMLElement | null;
  act: Act;
  button: RefObject<HTMLButtonElement | null>;
}

/** Pauses or resumes in one place: after a press the focus moves from one button to the other. */
function PauseButton({ paused, within, act, button }: PauseProps) {
  const had = useRef(false);
  useLayoutEffect(() => {
    if (had.current && document.activeElement === document.body) button.current?.focus();
  }, [paused, button]);
  const focus = {
    onFocus: () => {
      had.current = true;
    },
    onBlur: ({ relatedTarget }: { relatedTarget: EventTarget | null }) => {
      if (relatedTarget) had.current = false;
    },
  };
  // Two components, so that a menu that was open when a pause started is closed when it ends.
  if (paused) return <Resume act={act} button={button} {...focus} />;
  return <Pause within={within} act={act} button={button} {...focus} />;
}

interface ButtonProps extends Omit<PauseProps, 'paused' | 'within'> {
  onFocus: () => void;
  onBlur: (event: { relatedTarget: EventTarget | null }) => void;
}

function Resume({ act, button, ...focus }: ButtonProps) {
  return (
    <Button
      ref={button}
      appearance="subtle"
      icon={<Play20Regular />}
      aria-label={text('pause.resume')}
      aria-keyshortcuts="Control+P"
      title={text('pause.resume')}
      onClick={() => {
        act('resume');
      }}
      {...focus}
    />
  );
}

function Pause({ within, act, button, ...focus }: ButtonProps & Pick<PauseProps, 'within'>) {
  const [open, setOpen] = useState(false);
  return (
    <PauseMenu within={within} act={act} open={open} setOpen={setOpen}>
      <Button
        ref={button}
        appearance="subtle"
        icon={<Pause20Regular />}
        aria-label={text('pause.title')}
        aria-keyshortcuts="Control+P"
        title={text('pause.title')}
        {...focus}
      />
    </PauseMenu>
  );
}

function Knob({ knob, within, act }: { knob: KnobState; within: HTMLElement | null; act: Act }) {
  const [open, setOpen] = useState(false);
  const name = text(`knob.${knob}`);
  const Icon = KNOBS[knob];
  return (
    <div className={styles.link}>
      <PauseMenu within={within} act={act} open={open} setOpen={setOpen}>
        <button
          type="button"
          className={`${styles.knob} ${styles[knob]} ${shared.focus}`}
          aria-label={name}
          title={name}
        >
          <Icon />
        </button>
      </PauseMenu>
    </div>
  );
}

// The settings of calls, and the recent calls with people of the list: who, when, how each ended, and calling back. Rust
// decides what may be called; the drawer shows the call itself.
import { Button, PresenceBadge, useRestoreFocusTarget } from '@fluentui/react-components';
import {
  Call16Regular,
  CallInbound16Regular,
  CallMissed16Filled,
  CallOutbound16Regular,
  Delete20Regular,
  Dismiss16Regular,
  type FluentIcon,
} from '@fluentui/react-icons';
import { useMemo, useRef, useState } from 'react';

import type { Act } from '../act';
import type { CallPerson } from '../bindings/CallPerson';
import type { CallWay } from '../bindings/CallWay';
import type { RecentCall } from '../bindings/RecentCall';
import type { RecentCalls } from '../bindings/RecentCalls';
import shared from '../shared.module.css';
import { PRESENCE } from '../drawer/words';
import type { SettingsPlatform } from '../platform/platform';
import { useQuery } from '../query';
import { text } from '../text';
import { Unread } from '../Unread';
import styles from './Calls.module.css';
import { ControlList, type ControlsProps } from './controls/ControlsPage';
import { Flag } from './controls/Flag';
import { Region } from './controls/Region';
import { Words } from './controls/Words';
import { DayTable, itemsOf, Time } from './DayTable';
import table from './DayTable.module.css';
import { EraseCalls } from './EraseCalls';
import page from './Settings.module.css';

const COLUMNS = (['time', 'name', 'call', 'number', 'actions'] as const).map((column) => text(`callsPage.${column}`));

/** The id of the reason above the table. */
const REASON = 'no-call-back';

/** Each way has its own shape, with its word beside it. */
const WAYS = {
  out: CallOutbound16Regular,
  in: CallInbound16Regular,
  missed: CallMissed16Filled,
} as const satisfies Record<CallWay, FluentIcon>;

const readCalls = (platform: SettingsPlatform) => platform.recentCalls();

export function Calls(props: ControlsProps) {
  const { platform, act } = props;
  const [{ value, failed }, refetch] = useQuery(platform, readCalls);
  const [erasure, setErasure] = useState<Erasure | null>(null);
  const opener = useRestoreFocusTarget();
  const calls = value?.calls ?? [];
  const reason = refusalOfAll(calls);
  return (
    <div className={page.page}>
      <div className={page.head}>
        <h1 className={page.title}>{text('callsPage.title')}</h1>
      </div>
      <CallSettings
        {...props}
        ask={(make) => {
          // It asks as well while it is not known whether there are calls.
          if (value?.known && calls.length === 0) make();
          else setErasure({ make });
        }}
      />
      <div className={`${page.head} ${styles.head}`}>
        <h2 className={`${styles.title} ${page.grows} ${shared.body} ${shared.strong}`}>{text('callsPage.recent')}</h2>
        <Button
          {...opener}
          className={styles.eraseAll}
          appearance="subtle"
          icon={<Delete20Regular />}
          disabledFocusable={calls.length === 0}
          onClick={() => {
            if (calls.length > 0) {
              setErasure({
                make: () => {
                  act('eraseRecentCalls');
                },
              });
            }
          }}
        >
          {text('callsPage.eraseAll')}
        </Button>
      </div>
      {reason && (
        <p id={REASON} className={`${styles.reason} ${shared.body} ${shared.soft}`}>
          {reason}
        </p>
      )}
      <div className={styles.calls}>
        {calls.length > 0 ? (
          <Table calls={calls} reason={reason} act={act} />
        ) : (
          <Nothing value={value} failed={failed} retry={refetch} act={act} />
        )}
      </div>
      {erasure && (
        <EraseCalls
          close={(erase) => {
            setErasure(null);
            if (erase) erasure.make();
          }}
        />
      )}
    </div>
  );
}

/** An erasure that waits until the person confirms it. */
interface Erasure {
  make: () => void;
}

/** `ask` is called with what erases the calls, to confirm it first. */
function CallSettings({ ask, ...props }: ControlsProps & { ask: (make: () => void) => void }) {
  return (
    <ControlList {...props}>
      {({ controls, isBlocked, send }) => (
        <>
          <Region
            label={text('callsPage.region')}
            hint={text('callsPage.regionHint')}
            isBlocked={isBlocked}
            control={controls.region}
            regions={controls.regions}
            send={(value) => send({ key: 'region', value })}
          />
          <Words
            label={text('callsPage.queue')}
            hint={text('callsPage.queueHint')}
            isBlocked={isBlocked}
            control={controls.queue}
            placeholder={text('callsPage.ownQueue')}
            send={(value) => send({ key: 'queue', value })}
          />
          <Flag
            label={text('callsPage.keep')}
            hint={text('callsPage.keepHint', { count: controls.recentCalls.value || controls.recentCallsOn })}
            isBlocked={isBlocked}
            control={{ ...controls.recentCalls, value: controls.recentCalls.value > 0 }}
            send={(on) => send({ key: 'recentCalls', value: on ? controls.recentCallsOn : 0 })}
            ask={(on, make) => {
              if (on) make();
              else ask(make);
            }}
          />
        </>
      )}
    </ControlList>
  );
}

interface TableProps {
  calls: readonly RecentCall[];
  /** The reason that is shown above the table for all of them. */
  reason: string | null;
  act: Act;
}

function Table({ calls, reason, act }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => itemsOf(calls, undefined), [calls]);
  return (
    <DayTable
      label={text('callsPage.table')}
      columns={COLUMNS}
      items={items}
      cells={(call) => (
        <Cells
          call={call}
          isReasonAbove={reason !== null}
          act={act}
          erase={() => {
            act({ eraseRecentCall: { id: call.id } });
            // The button disappears with its row, and the focus would be lost.
            scroller.current?.focus();
          }}
        />
      )}
      keyOf={keyOf}
      scroller={scroller}
      className={styles.table}
    />
  );
}

function keyOf({ id }: RecentCall): string {
  return `${id}`;
}

interface CellsProps {
  call: RecentCall;
  /** True if the reason why nobody can be called is shown above the table. */
  isReasonAbove: boolean;
  act: Act;
  erase: () => void;
}

function Cells({ call, isReasonAbove, act, erase }: CellsProps) {
  const { id, name, who, way, outcome, number, callBack, day, time } = call;
  const reason = callBack.is === 'refused' && !isReasonAbove ? callBack.sentence : null;
  const Icon = WAYS[way];
  return (
    <>
      <Time time={time} />
      <span role="cell" className={table.cell} title={who ? `${name}. ${states(who)}` : name}>
        {who && <PresenceBadge size="extra-small" status={PRESENCE[who.badge]} aria-hidden="true" />}
        <bdi className={`${shared.body} ${shared.ellipsis}`}>{name}</bdi>
        {who && <span className={shared.visuallyHidden}>{`. ${states(who)}`}</span>}
      </span>
      <span role="cell" className={table.cell} title={outcome}>
        <Icon className={way === 'missed' ? styles.missed : styles.way} aria-hidden="true" />
        <span
          className={`${shared.body} ${shared.ellipsis} ${shared.numbers} ${way === 'missed' ? shared.strong : shared.soft}`}
        >
          {outcome}
        </span>
      </span>
      <span role="cell" className={`${shared.small} ${shared.quiet} ${shared.numbers}`} title={titleOf(number, reason)}>
        {number && <span className={`${styles.line} ${shared.ellipsis}`}>{number}</span>}
        {reason && (
          <span id={`${REASON}-${id}`} className={`${styles.line} ${shared.ellipsis} ${shared.soft}`}>
            {reason}
          </span>
        )}
      </span>
      <span role="cell" className={styles.actions}>
        <CallBack call={call} reason={reason === null ? REASON : `${REASON}-${id}`} act={act} />
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label={text('callsPage.erase', { name, day, time })}
          title={text('callsPage.erase', { name, day, time })}
          onClick={erase}
        />
      </span>
    </>
  );
}

interface CallBackProps {
  call: RecentCall;
  /** The id of the element with the reason. */
  reason: string;
  act: Act;
}

/** The button names the number that it dials, which may differ from that of the call. */
function CallBack({ call: { name, callBack }, reason, act }: CallBackProps) {
  if (callBack.is === 'refused') {
    return (
      <Button
        size="small"
        icon={<Call16Regular />}
        disabledFocusable
        aria-label={text('callsPage.callBackRefused', { name })}
        aria-describedby={reason}
        title={callBack.sentence}
      >
        <span className={styles.label}>{text('callsPage.callBack')}</span>
      </Button>
    );
  }
  const { person, number, words } = callBack;
  return (
    <Button
      size="small"
      icon={<Call16Regular />}
      aria-label={text('callsPage.callBackOn', { name, number: words })}
      title={text('callsPage.callBackOn', { name, number: words })}
      onClick={() => {
        act({ call: { person, number } });
      }}
    >
      <span className={styles.label}>{text('callsPage.callBack')}</span>
    </Button>
  );
}

interface NothingProps {
  value: RecentCalls | null;
  failed: boolean;
  retry: () => void;
  act: Act;
}

/** Why there is no call to show. */
function Nothing({ value, failed, retry, act }: NothingProps) {
  if (!value) {
    if (!failed) return <Empty title={text('callsPage.loading')} />;
    return <Unread title={text('callsPage.failed')} retry={retry} />;
  }
  if (value.keeps === 0) {
    return (
      <Empty title={text('callsPage.off')} words={text(value.locked ? 'callsPage.offLocked' : 'callsPage.offWords')} />
    );
  }
  if (!value.known) {
    return (
      <div className={styles.empty}>
        <Empty title={text('callsPage.unknown')} words={text('callsPage.unknownWords')} />
        <Button
          onClick={() => {
            act('teamsLogin');
          }}
        >
          {text('callsPage.logIn')}
        </Button>
      </div>
    );
  }
  return <Empty title={text('callsPage.none')} words={text('callsPage.noCustomers')} />;
}

function Empty({ title, words }: { title: string; words?: string }) {
  return (
    <div className={styles.empty} role="status">
      <p className={`${shared.body} ${shared.strong}`}>{title}</p>
      {words && <p className={`${shared.body} ${shared.quiet}`}>{words}</p>}
    </div>
  );
}

/** "Connect: On contact. Teams: In a call." */
function states({ connect, teams }: CallPerson): string {
  const sides = [connect && (['connect', connect] as const), teams && (['teams', teams] as const)];
  return sides
    .flatMap((side) => (side ? [text('side.words', { side: text(`side.${side[0]}`), words: side[1].words })] : []))
    .map((words) => `${words}.`)
    .join(' ');
}

function titleOf(number: string | null, reason: string | null): string {
  return [number, reason].filter((part) => part !== null).join('. ');
}

/** The reason why nobody can be called; null if somebody can, or if the reasons differ. */
function refusalOfAll(calls: readonly RecentCall[]): string | null {
  const sentences = new Set(calls.map(({ callBack }) => (callBack.is === 'refused' ? callBack.sentence : null)));
  const [only] = sentences;
  return sentences.size === 1 && calls.length > 1 ? (only ?? null) : null;
}

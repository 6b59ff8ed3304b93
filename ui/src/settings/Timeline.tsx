// "Why Busy?": the answer with a button for what can be done, and every decision behind it.
import { Button, MessageBar, MessageBarActions, MessageBarBody, Tab, TabList } from '@fluentui/react-components';
import { ArrowDownload20Regular, Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { Act } from '../act';
import type { TimelineTab } from '../bindings/TimelineTab';
import type { WhyAnswer } from '../bindings/WhyAnswer';
import shared from '../shared.module.css';
import type { SettingsPlatform } from '../platform/platform';
import { text } from '../text';
import { Unread } from '../Unread';
import type { Export } from './exports';
import page from './Settings.module.css';
import styles from './Timeline.module.css';
import { TimelineTable, WaitingTable } from './TimelineTable';
import { TimelineStore, type TimelineState } from './timelineStore';
import { TryTables } from './whatIf/TryTables';

const TABS = ['all', 'written', 'notWritten'] as const satisfies readonly TimelineTab[];

interface Props {
  platform: SettingsPlatform;
  act: Act;
  file: Export;
}

export function Timeline({ platform, act, file }: Props) {
  const [store] = useState(() => new TimelineStore(platform));
  const shown = useSyncExternalStore(store.subscribe, store.snapshot);
  useEffect(() => store.open(), [store]);
  const isExporting = file.state === 'busy';

  return (
    <div className={page.page}>
      <div className={page.head}>
        <h1 className={`${page.title} ${page.grows} ${shared.ellipsis}`}>
          {shown.answer?.title ?? text('timelinePage.title')}
        </h1>
        <TryTables platform={platform} />
        <Button
          className={styles.export}
          appearance="subtle"
          icon={<ArrowDownload20Regular />}
          disabledFocusable={isExporting}
          onClick={file.start}
        >
          {text(isExporting ? 'timelinePage.exporting' : 'timelinePage.export')}
        </Button>
      </div>
      {shown.answer && <Answer answer={shown.answer} act={act} />}
      {/* Its place is kept, so that the table does not jump. */}
      {!shown.answer && !shown.failed && <div className={styles.answer} />}
      <FileOutcome file={file} />
      <div className={styles.tabs}>
        <TabList
          size="small"
          aria-label={text('timelinePage.tabs')}
          selectedValue={shown.tab}
          onTabSelect={(_, { value }) => {
            const tab = TABS.find((one) => one === value);
            if (tab) store.choose(tab);
          }}
        >
          {TABS.map((tab) => (
            <Tab key={tab} value={tab} id={`tab-${tab}`} aria-controls="decisions">
              <span className={shared.body}>{text(`timelinePage.${tab}`)}</span>
            </Tab>
          ))}
        </TabList>
        <span className={`${shared.small} ${shared.quiet} ${shared.numbers}`}>{shown.lines?.[0]?.day}</span>
      </div>
      <div id="decisions" className={styles.decisions} role="tabpanel" aria-labelledby={`tab-${shown.tab}`}>
        <Decisions shown={shown} store={store} />
      </div>
    </div>
  );
}

function Answer({ answer, act }: { answer: WhyAnswer; act: Act }) {
  const { button } = answer;
  return (
    <section className={styles.answer} aria-label={answer.title}>
      {/* The state may change while somebody looks: the new answer is announced. */}
      <div className={page.grows} role="status">
        <p className={`${styles.because} ${shared.body} ${shared.strong}`}>{answer.because}</p>
        {answer.detail && <p className={`${styles.detail} ${shared.body} ${shared.soft}`}>{answer.detail}</p>}
      </div>
      {button && (
        <Button
          appearance="primary"
          onClick={() => {
            act(button.action);
          }}
        >
          {button.label}
        </Button>
      )}
    </section>
  );
}

function FileOutcome({ file: { state, dismiss } }: { file: Export }) {
  if (!state || state === 'busy') return null;
  return (
    <MessageBar className={styles.exported} layout="multiline" intent={state.is === 'saved' ? 'success' : 'warning'}>
      <MessageBarBody>{state.sentence}</MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            aria-label={text('timelinePage.dismiss')}
            icon={<Dismiss20Regular />}
            onClick={dismiss}
          />
        }
      />
    </MessageBar>
  );
}

function Decisions({ shown, store }: { shown: TimelineState; store: TimelineStore }) {
  const { tab, lines, failed } = shown;
  if (!lines) return failed ? <Unread title={text('timelinePage.failed')} retry={store.refresh} /> : <WaitingTable />;
  if (lines.length > 0) return <TimelineTable key={tab} lines={lines} hasMore={shown.hasMore} end={store.more} />;
  return (
    <div className={styles.empty}>
      <p className={`${shared.body} ${shared.strong}`}>{text('timelinePage.none')}</p>
      <p className={`${shared.body} ${shared.quiet}`}>
        {text(
          tab === 'all'
            ? 'timelinePage.noneAll'
            : tab === 'written'
              ? 'timelinePage.noneWritten'
              : 'timelinePage.noneNotWritten',
        )}
      </p>
    </div>
  );
}

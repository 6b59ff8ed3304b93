// The settings window: a rail with its pages, and the page that is open.
import {
  ArrowSync20Regular,
  Call20Regular,
  History20Regular,
  Info20Regular,
  PeopleTeam20Regular,
  Settings20Regular,
  Stethoscope20Regular,
} from '@fluentui/react-icons';
import { useCallback, useEffect, useRef, useState } from 'react';

import type { Action } from '../bindings/Action';
import type { SettingsPage } from '../bindings/SettingsPage';
import shared from '../shared.module.css';
import { useFocusHome, visit } from '../focus';
import type { SettingsPlatform } from '../platform/platform';
import { useSubscription, useQuery } from '../query';
import { text } from '../text';
import { useThemeChoice } from '../theme/Theme';
import { About } from './About';
import { Calls } from './Calls';
import { readControls } from './controls/ControlsPage';
import { Doctor } from './Doctor';
import { useExport } from './exports';
import { General } from './General';
import { People } from './People';
import { Rail } from './Rail';
import styles from './Settings.module.css';
import { Setup } from './setup/Setup';
import { Sync } from './Sync';
import { Timeline } from './Timeline';

const PAGES = [
  { page: 'general', Icon: Settings20Regular },
  { page: 'sync', Icon: ArrowSync20Regular },
  { page: 'people', Icon: PeopleTeam20Regular },
  { page: 'calls', Icon: Call20Regular },
  { page: 'timeline', Icon: History20Regular },
  { page: 'doctor', Icon: Stethoscope20Regular },
  { page: 'about', Icon: Info20Regular },
] as const satisfies readonly { page: SettingsPage; Icon: unknown }[];

interface Props {
  platform: SettingsPlatform;
  /** The name of the first page, from the address. */
  first: string;
}

export function Settings({ platform, first }: Props) {
  const [page, setPage] = useState<SettingsPage>(() => pageNamed(first));
  const main = useRef<HTMLElement>(null);
  const root = useFocusHome(focusMain);
  const [controls, refetch] = useQuery(platform, readControls);
  const timeline = useExport(() => platform.exportTimeline(), text('timelinePage.notExported'));
  const policy = useExport(() => platform.exportPolicy(), text('setupPage.notExported'));
  useThemeChoice(controls.value?.theme.value);

  const open = useCallback((wanted: SettingsPage) => {
    setPage(wanted);
    main.current?.scrollTo({ top: 0 });
  }, []);

  useSubscription(useCallback(() => platform.onPage(open), [platform, open]));

  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      // The web view would reload the page and lose what was typed.
      if (event.key === 'F5' || (event.ctrlKey && event.key.toLowerCase() === 'r')) event.preventDefault();
    };
    window.addEventListener('keydown', down);
    return () => {
      window.removeEventListener('keydown', down);
    };
  }, []);

  const act = useCallback(
    (action: Action) => {
      // The next revision shows the result. It is refused only while the controller shuts down.
      platform.act(action).catch(() => undefined);
    },
    [platform],
  );

  const controlsProps = { platform, query: controls, refetch, act };
  if (page === 'setup') {
    return (
      <div ref={root} className={`${styles.window} ${styles.steps}`}>
        <Setup
          platform={platform}
          act={act}
          policy={policy}
          leave={() => {
            policy.dismiss();
            open('general');
          }}
        />
      </div>
    );
  }
  return (
    <div ref={root} className={styles.window}>
      <Rail note={note(page)}>
        {PAGES.map(({ page: name, Icon }) => (
          <li key={name}>
            <button
              type="button"
              className={`${styles.item} ${shared.body} ${shared.focus}`}
              aria-current={name === page ? 'page' : undefined}
              title={text(`settingsWindow.${name}`)}
              onClick={() => {
                open(name);
              }}
            >
              <Icon />
              <span>{text(`settingsWindow.${name}`)}</span>
            </button>
          </li>
        ))}
      </Rail>
      <main ref={main} className={styles.main}>
        {page === 'general' && (
          <General
            {...controlsProps}
            setUp={() => {
              open('setup');
            }}
          />
        )}
        {page === 'sync' && <Sync {...controlsProps} />}
        {page === 'people' && <People {...controlsProps} />}
        {page === 'calls' && <Calls {...controlsProps} />}
        {page === 'timeline' && <Timeline platform={platform} act={act} file={timeline} />}
        {page === 'doctor' && <Doctor platform={platform} act={act} />}
        {page === 'about' && <About />}
      </main>
    </div>
  );
}

/** Focuses the page that is open. */
function focusMain(root: HTMLElement): void {
  const main = root.querySelector('main');
  if (main) visit(main);
}

/** Where the data of the page is stored; shown below the rail. */
function note(page: SettingsPage): string {
  switch (page) {
    case 'calls':
      return text('callsPage.local');
    case 'timeline':
      return text('timelinePage.local');
    case 'setup':
    case 'general':
    case 'sync':
    case 'people':
    case 'doctor':
    case 'about':
      return '';
  }
}

function pageNamed(name: string): SettingsPage {
  if (name === 'setup') return name;
  return PAGES.find((one) => one.page === name)?.page ?? 'general';
}

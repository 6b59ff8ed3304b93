// The set-up wizard: its rail of steps, the step that is open, and the way on and back.
import { Button, Spinner } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';

import type { Act } from '../../act';
import type { SetupPage } from '../../bindings/SetupPage';
import type { SetupStep } from '../../bindings/SetupStep';
import typo from '../../drawer/type.module.css';
import type { SettingsPlatform } from '../../platform/platform';
import { text } from '../../text';
import { Rail } from '../Rail';
import page from '../Settings.module.css';
import { StatusIcon } from '../StatusIcon';
import { TryTables } from '../whatIf/TryTables';
import type { WhatIfPlatform } from '../whatIf/WhatIf';
import { Instance } from './Instance';
import { Mapping } from './Mapping';
import { Registration } from './Registration';
import { Save } from './Save';
import styles from './Setup.module.css';
import { useSetup, type Edit } from './useSetup';

const STEPS = [
  'registration',
  'instance',
  'connectToTeams',
  'teamsToConnect',
  'save',
] as const satisfies readonly SetupStep[];

interface Props {
  platform: SettingsPlatform;
  act: Act;
  /** Leaves the wizard. */
  leave: () => void;
}

export function Setup({ platform, act, leave }: Props) {
  const [{ value: shown, failed }, edit, again] = useSetup(platform);
  if (!shown) {
    return (
      <>
        <Rail note={text('setupPage.nothingYet')}>{null}</Rail>
        <main className={page.main}>
          {failed ? (
            <div className={styles.waiting} role="alert">
              <p className={`${typo.body} ${typo.strong}`}>{text('setupPage.failed')}</p>
              <Button onClick={again}>{text('setupPage.again')}</Button>
            </div>
          ) : (
            <Spinner className={styles.waiting} label={text('setupPage.loading')} />
          )}
        </main>
      </>
    );
  }
  return <Wizard shown={shown} edit={edit} platform={platform} act={act} leave={leave} />;
}

function Wizard({ shown, edit, platform, act, leave }: Props & { shown: SetupPage; edit: Edit }) {
  const { step } = shown;
  const head = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Whoever opens a step begins at its head; the window itself is not grabbed.
    if (!isFirst.current) head.current?.focus();
    isFirst.current = false;
  }, [step]);
  return (
    <>
      <Rail note={shown.save.saved ? '' : text('setupPage.nothingYet')}>
        {STEPS.map((name, index) => (
          <StepItem
            key={name}
            number={index + 1}
            words={titleOf(name, shown.update)}
            isOpen={name === step}
            isDone={shown.done.includes(name)}
            canOpen={canOpen(shown, index)}
            open={() => {
              edit({ open: name });
            }}
          />
        ))}
      </Rail>
      <main className={page.main}>
        <div className={styles.step}>
          <h1 ref={head} tabIndex={-1} className={`${page.title} ${styles.title}`}>
            {titleOf(step, shown.update)}
          </h1>
          <p className={`${styles.about} ${typo.body} ${typo.soft}`}>{aboutOf(step)}</p>
          {step === 'registration' && (
            <Registration
              step={shown.registration}
              edit={edit}
              act={act}
              hand={(secret) => {
                platform.setupSecret(secret).catch(() => undefined);
              }}
            />
          )}
          {step === 'instance' && <Instance step={shown.instance} edit={edit} act={act} />}
          {step === 'connectToTeams' && (
            <Mapping key={step} side={step} step={shown.connectToTeams} edit={edit} act={act} />
          )}
          {step === 'teamsToConnect' && (
            <Mapping key={step} side={step} step={shown.teamsToConnect} edit={edit} act={act} />
          )}
          {step === 'save' && <Save step={shown.save} platform={platform} />}
        </div>
        <Foot shown={shown} edit={edit} platform={platform} leave={leave} />
      </main>
    </>
  );
}

interface Item {
  number: number;
  words: string;
  isOpen: boolean;
  isDone: boolean;
  canOpen: boolean;
  open: () => void;
}

function StepItem({ number, words, isOpen, isDone, canOpen, open }: Item) {
  return (
    <li>
      <button
        type="button"
        className={`${page.item} ${typo.body} ${typo.focus}`}
        aria-current={isOpen ? 'step' : undefined}
        aria-disabled={canOpen ? undefined : true}
        onClick={canOpen ? open : undefined}
      >
        {isDone && !isOpen ? (
          <StatusIcon status="good" label={text('setupPage.done')} />
        ) : (
          <span className={`${styles.number} ${isOpen ? styles.current : ''} ${typo.small}`}>{number}</span>
        )}
        {words}
      </button>
    </li>
  );
}

interface FootProps {
  shown: SetupPage;
  edit: Edit;
  platform: WhatIfPlatform;
  leave: () => void;
}

function Foot({ shown, edit, platform, leave }: FootProps) {
  const index = STEPS.indexOf(shown.step);
  const [before, after] = [STEPS[index - 1], STEPS[index + 1]];
  const { can, why } = shown.next;
  const cancel = () => {
    edit('cancel');
    leave();
  };
  if (shown.save.saved) {
    return (
      <footer className={styles.foot}>
        <span className={page.grows} />
        <Button appearance="primary" onClick={cancel}>
          {text('setupPage.finish')}
        </Button>
      </footer>
    );
  }
  return (
    <footer className={styles.foot}>
      <Button className={styles.cancel} appearance="subtle" onClick={cancel}>
        {text('setupPage.cancel')}
      </Button>
      {(shown.step === 'connectToTeams' || shown.step === 'teamsToConnect') && <TryTables platform={platform} />}
      <span className={page.grows} />
      <span id="why-not" className={`${typo.small} ${typo.quiet}`} role="status">
        {why}
      </span>
      {before && (
        <Button
          onClick={() => {
            edit({ open: before });
          }}
        >
          {text('setupPage.back')}
        </Button>
      )}
      <Button
        appearance="primary"
        disabledFocusable={!can}
        aria-describedby="why-not"
        onClick={() => {
          edit(after ? { open: after } : 'save');
        }}
      >
        {after ? text('setupPage.next') : text(shown.update ? 'setupPage.update' : 'setupPage.save')}
      </Button>
    </footer>
  );
}

/** A step can be opened again, and so can the one after the last that is done. */
function canOpen(shown: SetupPage, index: number): boolean {
  return index <= STEPS.indexOf(shown.step) || STEPS.slice(0, index).every((before) => shown.done.includes(before));
}

function titleOf(step: SetupStep, update: boolean): string {
  return step === 'save' && update ? text('setupPage.update') : text(`setupStep.${step}`);
}

function aboutOf(step: SetupStep): string {
  return text(`setupAbout.${step}`);
}

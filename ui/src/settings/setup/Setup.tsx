// The set-up wizard: its rail of steps, the open step, and the buttons to go forward and back.
import { Button } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';

import type { Act } from '../../act';
import type { SetupEdit } from '../../bindings/SetupEdit';
import type { SetupPage } from '../../bindings/SetupPage';
import type { SetupStep } from '../../bindings/SetupStep';
import { Busy } from '../../Busy';
import { ReadSequence } from '../../chosen';
import shared from '../../shared.module.css';
import type { SettingsPlatform } from '../../platform/platform';
import { text } from '../../text';
import { Unread } from '../../Unread';
import { Rail } from '../Rail';
import page from '../Settings.module.css';
import { StatusIcon } from '../StatusIcon';
import { TryTables } from '../whatIf/TryTables';
import type { WhatIfPlatform } from '../whatIf/WhatIf';
import { Instance } from './Instance';
import type { Export } from '../exports';
import { Loops } from './Loops';
import { Mapping } from './Mapping';
import { Place } from './Pick';
import { Registration } from './Registration';
import { Outcome, Save } from './Save';
import styles from './Setup.module.css';
import { useSecret } from './useSecret';
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
  /** The policy as a file. */
  policy: Export;
  /** Leaves the wizard. */
  leave: () => void;
}

export function Setup({ platform, act, policy, leave }: Props) {
  const [{ value: shown, failed, sequence }, edit, refetch] = useSetup(platform);
  if (!shown) {
    return (
      <>
        <Rail note={text('setupPage.nothingYet')}>{null}</Rail>
        <main className={page.main}>
          {failed ? (
            <Unread title={text('setupPage.failed')} retry={refetch} />
          ) : (
            <p className={`${styles.waiting} ${styles.loading} ${shared.body}`}>
              <Busy /> {text('setupPage.loading')}
            </p>
          )}
        </main>
      </>
    );
  }
  return (
    <ReadSequence value={sequence}>
      <Wizard shown={shown} edit={edit} platform={platform} act={act} policy={policy} leave={leave} />
    </ReadSequence>
  );
}

function Wizard({ shown, edit, platform, act, policy, leave }: Props & { shown: SetupPage; edit: Edit }) {
  const { step } = shown;
  const [main, setMain] = useState<HTMLElement | null>(null);
  const open = useRef<HTMLDivElement>(null);
  const secret = useSecret((typed) => platform.setupSecret(typed));
  /** Leaves the step after saving everything that was typed. */
  const leaveStep = (wanted: SetupEdit) => {
    secret.submitFirst(() => void edit(wanted));
  };
  useEffect(() => {
    // A new step gets the focus on its first field, or on its heading if it has none.
    const first = open.current?.querySelector<HTMLElement>('input:not(:disabled)');
    (first ?? open.current?.querySelector('h1'))?.focus();
  }, [step]);
  const isTable = step === 'connectToTeams' || step === 'teamsToConnect';
  const table = step === 'teamsToConnect' ? shown.teamsToConnect : shown.connectToTeams;
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
            after={missing(shown, index)}
            open={() => {
              leaveStep({ open: name });
            }}
          />
        ))}
      </Rail>
      <main ref={setMain} className={page.main}>
        <p className={shared.visuallyHidden} role="status">
          {text('setupPage.stepOf', { number: STEPS.indexOf(step) + 1, step: titleOf(step, shown.update) })}
        </p>
        <div ref={open} className={styles.step}>
          <h1 tabIndex={-1} className={`${page.title} ${styles.title}`}>
            {titleOf(step, shown.update)}
          </h1>
          <p className={`${styles.about} ${shared.body} ${shared.soft}`}>{aboutOf(step)}</p>
          {step === 'registration' && <Registration step={shown.registration} edit={edit} act={act} secret={secret} />}
          {step === 'instance' && <Instance step={shown.instance} edit={edit} act={act} />}
          {isTable && (
            <Place value={main}>
              <Mapping key={step} side={step} step={table} edit={edit} />
            </Place>
          )}
          {step === 'save' && <Save step={shown.save} policy={policy} />}
        </div>
        {isTable && <Loops step={table} edit={edit} act={act} />}
        {step === 'save' && <Outcome step={shown.save} exported={policy.state} act={act} />}
        <Foot shown={shown} edit={edit} leaveStep={leaveStep} act={act} platform={platform} leave={leave} />
      </main>
    </>
  );
}

interface Item {
  number: number;
  words: string;
  isOpen: boolean;
  isDone: boolean;
  /** The step that must be complete before this one can be opened; none if it can. */
  after: string | undefined;
  open: () => void;
}

function StepItem({ number, words, isOpen, isDone, after, open }: Item) {
  const id = useId();
  const why = after && text('setupPage.notYet', { step: after });
  return (
    <li>
      <button
        type="button"
        className={`${page.item} ${why ? styles.notYet : ''} ${shared.body} ${shared.focus}`}
        aria-current={isOpen ? 'step' : undefined}
        aria-disabled={why ? true : undefined}
        aria-describedby={why ? id : undefined}
        title={why}
        onClick={why ? undefined : open}
      >
        {isDone && !isOpen ? (
          <StatusIcon status="good" label={text('setupPage.done')} />
        ) : (
          <span className={`${styles.number} ${isOpen ? styles.current : ''} ${shared.small}`}>{number}</span>
        )}
        {words}
      </button>
      {why && (
        <span id={id} hidden>
          {why}
        </span>
      )}
    </li>
  );
}

interface FootProps {
  shown: SetupPage;
  edit: Edit;
  leaveStep: (wanted: SetupEdit) => void;
  act: Act;
  platform: WhatIfPlatform;
  leave: () => void;
}

function Foot({ shown, edit, leaveStep, act, platform, leave }: FootProps) {
  const index = STEPS.indexOf(shown.step);
  const [before, after] = [STEPS[index - 1], STEPS[index + 1]];
  const { can, why } = shown.next;
  const { saved } = shown.save;
  const forward = after ? text('setupPage.next') : text(shown.update ? 'setupPage.update' : 'setupPage.save');
  return (
    <footer className={styles.foot}>
      {!saved && (
        <Button
          className={styles.cancel}
          appearance="subtle"
          onClick={() => {
            void edit('cancel');
            leave();
          }}
        >
          {text('setupPage.cancel')}
        </Button>
      )}
      {(shown.step === 'connectToTeams' || shown.step === 'teamsToConnect') && <TryTables platform={platform} />}
      <span className={page.grows} />
      <span id="why-not" className={`${shared.small} ${shared.quiet}`} role="status">
        {saved ? '' : why}
      </span>
      {before && !saved && (
        <Button
          onClick={() => {
            leaveStep({ open: before });
          }}
        >
          {text('setupPage.back')}
        </Button>
      )}
      {/* One button for all steps, so that it keeps the focus. */}
      <Button
        appearance="primary"
        disabledFocusable={!can && !saved}
        aria-describedby="why-not"
        onClick={() => {
          if (saved) act('closeSettings');
          else leaveStep(after ? { open: after } : 'save');
        }}
      >
        {saved ? text('setupPage.finish') : forward}
      </Button>
    </footer>
  );
}

/**
 * The step that must be completed before this one can be opened. None for the steps up to the open one, and up to the first
 * that is incomplete.
 */
function missing({ step, lacks, update }: SetupPage, index: number): string | undefined {
  if (lacks === null || index <= STEPS.indexOf(step) || index <= STEPS.indexOf(lacks)) return undefined;
  return titleOf(lacks, update);
}

function titleOf(step: SetupStep, update: boolean): string {
  return step === 'save' && update ? text('setupPage.update') : text(`setupStep.${step}`);
}

function aboutOf(step: SetupStep): string {
  return text(`setupAbout.${step}`);
}

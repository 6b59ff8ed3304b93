// The dialog for everything of a row except its target: the hold, the source, the conditions and the override. Only what was
// changed here is sent, because the rest of the row may change meanwhile.
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
} from '@fluentui/react-components';
import { useState } from 'react';

import type { MappingRow } from '../../bindings/MappingRow';
import type { MappingSide } from '../../bindings/MappingSide';
import type { MappingStep } from '../../bindings/MappingStep';
import type { RowChange } from '../../bindings/RowChange';
import shared from '../../shared.module.css';
import { text } from '../../text';
import styles from './Mapping.module.css';
import { Pick, Place } from './Pick';
import { Seconds, isSeconds, problemOf, secondsOf } from './Seconds';

interface Props {
  row: MappingRow;
  step: MappingStep;
  side: MappingSide;
  /** Is called with the changes; with none if the dialog is cancelled. */
  close: (changes: RowChange[]) => void;
  remove: () => void;
}

export function RowDialog({ row, step, side, close, remove }: Props) {
  const [hold, setHold] = useState(words(row.hold));
  const [every, setEvery] = useState(words(row.atMostEvery));
  const [source, setSource] = useState(row.source);
  const [onlyWhile, setOnlyWhile] = useState(row.onlyWhile);
  const [override, setOverride] = useState(row.overridePerson);
  const fits = isSeconds(hold, step.holdRange) && isSeconds(every, step.restRange);
  const cancel = () => {
    close([]);
  };
  const changes = (): RowChange[] => [
    ...(secondsOf(hold) === row.hold ? [] : [{ hold: secondsOf(hold) }]),
    ...(secondsOf(every) === row.atMostEvery ? [] : [{ atMostEvery: secondsOf(every) }]),
    ...(source === row.source ? [] : [{ source }]),
    ...(onlyWhile === row.onlyWhile ? [] : [{ onlyWhile }]),
    ...(override === row.overridePerson ? [] : [{ overridePerson: override }]),
  ];
  return (
    <Dialog open onOpenChange={cancel}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{text(`mappingEdit.${side}`, { when: row.when })}</DialogTitle>
          <DialogContent className={styles.dialog}>
            <Seconds
              label={text('mappingPage.ownHold')}
              hint={text('mappingPage.ownHoldHint', { seconds: step.holdSeconds })}
              words={hold}
              problem={problemOf(hold, step.holdRange)}
              change={setHold}
            />
            <Seconds
              label={text('mappingPage.atMostEvery')}
              hint={text('mappingPage.atMostEveryHint')}
              words={every}
              problem={problemOf(every, step.restRange)}
              change={setEvery}
            />
            <Field label={text('mappingPage.source')}>
              {/* Outside the dialog, the list would be hidden from screen readers. */}
              <Place value={null}>
                <Pick choices={step.sources} chosen={source} choose={setSource} />
              </Place>
            </Field>
            <fieldset className={styles.only}>
              <legend>
                {text(`mappingOnly.${side}`)}
                <span className={`${styles.line} ${shared.small} ${shared.quiet}`}>{text('mappingPage.always')}</span>
              </legend>
              <div className={styles.others}>
                {step.others.map(({ id, words: label }) => (
                  <Checkbox
                    key={id}
                    label={label}
                    checked={onlyWhile.includes(id)}
                    onChange={(_, { checked }) => {
                      const others = onlyWhile.filter((other) => other !== id);
                      setOnlyWhile(checked === true ? [...others, id] : others);
                    }}
                  />
                ))}
              </div>
            </fieldset>
            {side === 'connectToTeams' && (
              <Checkbox
                label={text('mappingPage.override')}
                checked={override}
                onChange={(_, { checked }) => {
                  setOverride(checked === true);
                }}
              />
            )}
          </DialogContent>
          {row.removable && (
            <DialogActions position="start">
              <Button appearance="subtle" onClick={remove}>
                {text('mappingPage.remove')}
              </Button>
            </DialogActions>
          )}
          <DialogActions position="end">
            <Button onClick={cancel}>{text('setupPage.cancel')}</Button>
            <Button
              appearance="primary"
              disabledFocusable={!fits}
              onClick={() => {
                close(changes());
              }}
            >
              {text('mappingPage.ok')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function words(seconds: number | null): string {
  return seconds === null ? '' : String(seconds);
}

// Everything of a row but its target: how long, whose doing, only while, how often, over whom.
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
  Input,
  Select,
} from '@fluentui/react-components';
import { useState } from 'react';

import type { MappingRow } from '../../bindings/MappingRow';
import type { MappingSide } from '../../bindings/MappingSide';
import type { MappingStep } from '../../bindings/MappingStep';
import type { RowEdit } from '../../bindings/RowEdit';
import { text } from '../../text';
import { editOf } from './rowEdit';
import styles from './Mapping.module.css';
import { useTyped } from './Typed';

interface Props {
  row: MappingRow;
  step: MappingStep;
  side: MappingSide;
  /** With the row as it should be; without one nothing changes. */
  close: (row: RowEdit | null) => void;
  remove: () => void;
}

export function RowDialog({ row, step, side, close, remove }: Props) {
  const [wanted, setWanted] = useState(() => editOf(row));
  const change = (changes: Partial<RowEdit>) => {
    setWanted({ ...wanted, ...changes });
  };
  return (
    <Dialog
      open
      onOpenChange={() => {
        close(null);
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{row.when}</DialogTitle>
          <DialogContent className={styles.dialog}>
            <Seconds
              label={text('mappingPage.ownHold')}
              placeholder={String(step.hold)}
              value={wanted.hold}
              send={(hold) => {
                change({ hold });
              }}
            />
            <Field label={text('mappingPage.source')}>
              <Select
                value={wanted.source}
                onChange={(_, { value }) => {
                  change({ source: value });
                }}
              >
                {step.sources.map(({ id, words }) => (
                  <option key={id} value={id}>
                    {words}
                  </option>
                ))}
              </Select>
            </Field>
            <fieldset className={styles.only}>
              <legend>{text(`mappingOnly.${side}`)}</legend>
              <div className={styles.others}>
                {step.others.map(({ id, words }) => (
                  <Checkbox
                    key={id}
                    label={words}
                    checked={wanted.onlyWhile.includes(id)}
                    onChange={(_, { checked }) => {
                      const others = wanted.onlyWhile.filter((other) => other !== id);
                      change({ onlyWhile: checked === true ? [...others, id] : others });
                    }}
                  />
                ))}
              </div>
            </fieldset>
            <Seconds
              label={text('mappingPage.atMostEvery')}
              value={wanted.atMostEvery}
              send={(every) => {
                change({ atMostEvery: every });
              }}
            />
            {side === 'connectToTeams' && (
              <Checkbox
                label={text('mappingPage.override')}
                checked={wanted.overridePerson}
                onChange={(_, { checked }) => {
                  change({ overridePerson: checked === true });
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
            <Button
              onClick={() => {
                close(null);
              }}
            >
              {text('setupPage.cancel')}
            </Button>
            <Button
              appearance="primary"
              onClick={() => {
                close(wanted);
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

interface SecondsProps {
  label: string;
  value: number | null;
  placeholder?: string;
  fixed?: boolean;
  send: (value: number | null) => void;
}

/** A number of seconds; none where the field is empty. What is no number of seconds is not sent. */
export function Seconds({ label, value, placeholder, fixed, send }: SecondsProps) {
  const [typed, setTyped] = useTyped(value === null ? '' : String(value), (words) => {
    if (/^\d{0,4}$/.test(words)) send(words ? Number(words) : null);
  });
  return (
    <Field label={label} orientation="horizontal" className={styles.seconds}>
      <Input
        size="small"
        inputMode="numeric"
        value={typed}
        placeholder={placeholder}
        readOnly={fixed}
        contentAfter={text('mappingPage.seconds')}
        onChange={(_, { value: words }) => {
          setTyped(words, false);
        }}
        onBlur={({ currentTarget }) => {
          setTyped(currentTarget.value, true);
        }}
      />
    </Field>
  );
}

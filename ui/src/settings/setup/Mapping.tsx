// Steps 3 and 4: the table of one direction. Rust writes the texts of the rows and of their loops.
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Switch } from '@fluentui/react-components';
import { Add16Regular, ChevronDown16Regular, ChevronRight16Regular, LockClosed16Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';

import type { MappingRow } from '../../bindings/MappingRow';
import type { MappingSide } from '../../bindings/MappingSide';
import type { MappingStep } from '../../bindings/MappingStep';
import type { RowChange } from '../../bindings/RowChange';
import { useChosen } from '../../chosen';
import shared from '../../shared.module.css';
import { text } from '../../text';
import styles from './Mapping.module.css';
import { Row } from './Row';
import { RowDialog } from './RowDialog';
import { Seconds } from './Seconds';
import { useTyped } from './Typed';
import type { Edit } from './useSetup';

interface Props {
  side: MappingSide;
  step: MappingStep;
  edit: Edit;
}

export function Mapping({ side, step, edit }: Props) {
  const [edited, setEdited] = useState<MappingRow | null>(null);
  const [enabled, setEnabled] = useChosen(step.enabled, (on) => edit({ enable: { side, on } }));
  const [hold, setHold] = useTyped(step.hold.value, (value) => void edit({ field: { name: 'hold', value } }));
  const isFixed = step.rowsLocked || !enabled;
  const set = (row: string, changes: RowChange[]) => edit({ row: { side, row, changes } });
  const rows = (group: MappingRow['group']) =>
    step.rows
      .filter((row) => row.group === group)
      .map((row) => (
        <Row
          key={row.id}
          row={row}
          step={step}
          fixed={isFixed}
          set={(change) => set(row.id, [change])}
          open={() => {
            setEdited(row);
          }}
        />
      ));
  return (
    <>
      <div className={styles.head}>
        <Switch
          label={text(`mappingSwitch.${side}`)}
          checked={enabled}
          disabled={step.enabledLocked}
          onChange={(_, { checked }) => {
            setEnabled(checked);
          }}
        />
        <Seconds
          label={text('mappingPage.hold')}
          words={hold}
          problem={step.hold.says}
          // A wrong value can be corrected whether the table is on or off.
          fixed={step.hold.locked || (!enabled && !step.hold.says)}
          change={(words) => {
            setHold(words, false);
          }}
          leave={(words) => {
            setHold(words, true);
          }}
        />
        {(step.enabledLocked || step.rowsLocked || step.hold.locked) && (
          <span className={`${styles.locked} ${shared.small} ${shared.quiet}`}>
            <LockClosed16Regular /> {text('setupPage.locked')}
          </span>
        )}
      </div>
      <table className={`${styles.table} ${shared.body} ${enabled ? '' : styles.off}`}>
        <colgroup>
          <col className={styles.whenColumn} />
          <col className={styles.targetColumn} />
          <col className={styles.afterColumn} />
          <col />
          <col className={styles.editColumn} />
        </colgroup>
        <thead>
          <tr className={`${shared.small} ${shared.quiet}`}>
            <th scope="col">{text(`mappingWhen.${side}`)}</th>
            <th scope="col">{text(`mappingSet.${side}`)}</th>
            <th scope="col">{text('mappingPage.after')}</th>
            <th scope="col">{text('mappingPage.condition')}</th>
            <th scope="col">
              <span className={shared.visuallyHidden}>{text('mappingPage.edit')}</span>
            </th>
          </tr>
        </thead>
        <tbody>{rows('status')}</tbody>
        {step.contact && <Contact words={step.contact} isMarked={hasMark(step)} rows={() => rows('contact')} />}
      </table>
      <div className={styles.under}>
        {!isFixed && step.addable.length > 0 && (
          <AddRow
            step={step}
            add={(when) => {
              void edit({ addRow: { side, when } });
            }}
          />
        )}
      </div>
      {edited && (
        <RowDialog
          row={edited}
          step={step}
          side={side}
          close={(changes) => {
            setEdited(null);
            if (changes.length > 0) void set(edited.id, changes);
          }}
          remove={() => {
            setEdited(null);
            void edit({ removeRow: { side, row: edited.id } });
          }}
        />
      )}
    </>
  );
}

/** True if a row for contacts has a mark. */
function hasMark(step: MappingStep): boolean {
  return step.rows.some(({ group, mark }) => group === 'contact' && mark !== 'none');
}

/** The rows for contacts, collapsed until the person opens them or one has a mark. */
function Contact({ words, isMarked, rows }: { words: string; isMarked: boolean; rows: () => ReactNode }) {
  const [opened, setOpened] = useState(false);
  const isOpen = opened || isMarked;
  return (
    <tbody>
      <tr className={styles.group}>
        <th scope="rowgroup" colSpan={5}>
          <button
            type="button"
            className={`${styles.fold} ${shared.body} ${shared.focus}`}
            aria-expanded={isOpen}
            onClick={() => {
              setOpened(!isOpen);
            }}
          >
            {isOpen ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
            {words}
          </button>
        </th>
      </tr>
      {isOpen && rows()}
    </tbody>
  );
}

function AddRow({ step, add }: { step: MappingStep; add: (when: string) => void }) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" icon={<Add16Regular />}>
          {text('mappingPage.addRow')}
        </Button>
      </MenuTrigger>
      <MenuPopover className={styles.addable}>
        <MenuList>
          {step.addable.map(({ id, words }) => (
            <MenuItem
              key={id}
              onClick={() => {
                add(id);
              }}
            >
              {words}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

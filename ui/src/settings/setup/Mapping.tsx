// Steps 3 and 4: the table of one direction. What a row means and whether it loops is worded in Rust.
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Select, Switch } from '@fluentui/react-components';
import { Add16Regular, Edit16Regular, LockClosed16Regular, Warning16Filled } from '@fluentui/react-icons';
import { useState } from 'react';

import type { Act } from '../../act';
import type { MappingRow } from '../../bindings/MappingRow';
import type { MappingSide } from '../../bindings/MappingSide';
import type { MappingStep } from '../../bindings/MappingStep';
import type { RowEdit } from '../../bindings/RowEdit';
import typo from '../../drawer/type.module.css';
import { text } from '../../text';
import status from '../StatusIcon.module.css';
import { Loops } from './Loops';
import styles from './Mapping.module.css';
import { RowDialog, Seconds } from './RowDialog';
import { editOf } from './rowEdit';
import type { Edit } from './useSetup';

interface Props {
  side: MappingSide;
  step: MappingStep;
  edit: Edit;
  act: Act;
}

export function Mapping({ side, step, edit, act }: Props) {
  const [all, setAll] = useState(false);
  const [edited, setEdited] = useState<MappingRow | null>(null);
  const set = (row: RowEdit) => {
    edit({ row: { side, row } });
  };
  const folded = step.rows.filter((row) => row.folded).length;
  const isFixed = step.rowsLocked || !step.enabled;
  return (
    <>
      <div className={styles.head}>
        <Switch
          label={text(`mappingSwitch.${side}`)}
          checked={step.enabled}
          disabled={step.enabledLocked}
          onChange={(_, { checked }) => {
            edit({ enable: { side, on: checked } });
          }}
        />
        <Seconds
          label={text('mappingPage.hold')}
          value={step.hold}
          fixed={isFixed}
          send={(hold) => {
            edit({ hold: hold ?? 0 });
          }}
        />
        {(step.enabledLocked || step.rowsLocked) && (
          <span className={`${styles.locked} ${typo.small} ${typo.quiet}`}>
            <LockClosed16Regular /> {text('setupPage.locked')}
          </span>
        )}
      </div>
      <table className={`${styles.table} ${typo.body} ${step.enabled ? '' : styles.off}`}>
        <thead>
          <tr className={`${typo.small} ${typo.quiet}`}>
            <th scope="col">{text(`mappingWhen.${side}`)}</th>
            {side === 'connectToTeams' && <th scope="col">{text('mappingPage.kind')}</th>}
            <th scope="col">{text(`mappingSet.${side}`)}</th>
            <th scope="col">{text('mappingPage.after')}</th>
            <th scope="col">{text('mappingPage.condition')}</th>
            <th scope="col">
              <span className={typo.unseen}>{text('mappingPage.edit')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {step.rows
            .filter((row) => all || !row.folded)
            .map((row) => (
              <Row
                key={row.id}
                row={row}
                step={step}
                hasKind={side === 'connectToTeams'}
                fixed={isFixed}
                set={set}
                open={() => {
                  setEdited(row);
                }}
              />
            ))}
        </tbody>
      </table>
      <div className={`${styles.under} ${typo.small} ${typo.quiet}`}>
        {folded > 0 && !all && (
          <>
            {step.folded}
            <button
              type="button"
              className={`${typo.link} ${typo.focus}`}
              onClick={() => {
                setAll(true);
              }}
            >
              {text('mappingPage.showMore', { count: folded })}
            </button>
          </>
        )}
        {!isFixed && step.addable.length > 0 && (
          <AddRow
            step={step}
            add={(when) => {
              edit({ addRow: { side, when } });
            }}
          />
        )}
      </div>
      <Loops step={step} edit={edit} act={act} />
      {edited && (
        <RowDialog
          row={edited}
          step={step}
          side={side}
          close={(row) => {
            setEdited(null);
            if (row) set(row);
          }}
          remove={() => {
            setEdited(null);
            edit({ removeRow: { side, row: edited.id } });
          }}
        />
      )}
    </>
  );
}

interface RowProps {
  row: MappingRow;
  step: MappingStep;
  hasKind: boolean;
  fixed: boolean;
  set: (row: RowEdit) => void;
  open: () => void;
}

function Row({ row, step, hasKind, fixed, set, open }: RowProps) {
  const isMarked = row.mark !== 'none';
  const why = row.mark === 'loop' ? text('mappingPage.inLoop') : row.markWhy;
  return (
    <tr className={isMarked ? styles.marked : undefined}>
      <th scope="row" className={row.indented ? styles.indented : undefined}>
        {row.when}
        {isMarked && (
          <span className={`${styles.why} ${typo.small}`}>
            <Warning16Filled className={status.warning} />
            {why}
          </span>
        )}
      </th>
      {hasKind && <td className={typo.quiet}>{row.kind}</td>}
      <td>
        <Select
          size="small"
          aria-label={text('mappingPage.target', { when: row.when })}
          value={row.target}
          disabled={fixed}
          onChange={(_, { value }) => {
            set({ ...editOf(row), target: value });
          }}
        >
          {step.targets.map(({ id, words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </Select>
      </td>
      <td className={`${typo.quiet} ${typo.numbers}`}>{row.after}</td>
      <td className={typo.quiet}>{row.condition}</td>
      <td className={styles.pencil}>
        <Button
          size="small"
          appearance="subtle"
          icon={<Edit16Regular />}
          aria-label={text('mappingPage.editRow', { when: row.when })}
          disabledFocusable={fixed}
          onClick={open}
        />
      </td>
    </tr>
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

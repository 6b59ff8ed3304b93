// One row of a table. Its height and its columns do not depend on its texts.
import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { Edit16Regular, Warning16Filled } from '@fluentui/react-icons';

import type { MappingRow } from '../../bindings/MappingRow';
import type { MappingStep } from '../../bindings/MappingStep';
import type { RowChange } from '../../bindings/RowChange';
import { useChosen } from '../../chosen';
import shared from '../../shared.module.css';
import { text } from '../../text';
import status from '../StatusIcon.module.css';
import styles from './Mapping.module.css';
import { Pick } from './Pick';

interface Props {
  row: MappingRow;
  step: MappingStep;
  fixed: boolean;
  set: (change: RowChange) => Promise<void>;
  open: () => void;
}

export function Row({ row, step, fixed, set, open }: Props) {
  const [target, setTarget] = useChosen(row.target, (chosen) => set({ target: chosen }));
  const opener = useRestoreFocusTarget();
  const isMarked = row.mark !== 'none';
  // A problem of the row is shown in place of its condition. For a loop, the chain below the table has the text.
  const words = row.markWhy || row.condition;
  return (
    <tr className={isMarked ? styles.marked : undefined}>
      <th scope="row" className={row.indented ? styles.indented : undefined}>
        {isMarked && <Warning16Filled className={`${styles.mark} ${status.warning}`} />}
        {row.when}
        {row.mark === 'loop' && <span className={shared.visuallyHidden}> {text('mappingPage.inLoop')}</span>}
      </th>
      <td>
        <Pick
          size="small"
          label={text('mappingPage.target', { when: row.when })}
          choices={step.targets}
          chosen={target}
          fixed={fixed}
          choose={setTarget}
        />
      </td>
      <td className={`${shared.quiet} ${shared.numbers}`}>{row.after}</td>
      <td>
        <span className={`${styles.condition} ${shared.small} ${shared.quiet}`} title={words}>
          {words}
        </span>
      </td>
      <td className={styles.pencil}>
        <Button
          {...opener}
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

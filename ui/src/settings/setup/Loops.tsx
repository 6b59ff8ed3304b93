// The loops of both tables: each as a chain that ends with its first state, and the edit that fixes it. They are between
// the table and the buttons, where they move nothing.
import { Button, Checkbox } from '@fluentui/react-components';
import {
  ArrowRepeatAll16Regular,
  ArrowRight16Regular,
  CheckmarkCircle16Filled,
  Warning20Filled,
} from '@fluentui/react-icons';

import type { Act } from '../../act';
import type { MappingLoop } from '../../bindings/MappingLoop';
import type { MappingStep } from '../../bindings/MappingStep';
import { useChosen } from '../../chosen';
import { ConnectGlyph, TeamsGlyph } from '../../drawer/Glyph';
import shared from '../../shared.module.css';
import { text } from '../../text';
import status from '../StatusIcon.module.css';
import styles from './Mapping.module.css';
import type { Edit } from './useSetup';

export function Loops({ step, edit, act }: { step: MappingStep; edit: Edit; act: Act }) {
  const [accepted, setAccepted] = useChosen(step.loopsAccepted, (on) => edit({ acceptLoops: on }));
  if (step.loops.length === 0) {
    return (
      <p className={`${styles.noLoop} ${shared.small} ${shared.quiet}`} role="status">
        <CheckmarkCircle16Filled className={status.good} /> {text('mappingPage.noLoop')}
      </p>
    );
  }
  return (
    <section className={styles.loops} role="alert" tabIndex={-1}>
      <Warning20Filled className={status.warning} />
      <div className={styles.loopWords}>
        <p className={`${styles.line} ${shared.body}`}>
          <span className={shared.strong}>{text('mappingPage.loop')}</span> {text('mappingPage.loopHow')}
        </p>
        {step.loops.map((loop) => (
          <Chain key={loop.chain.map(({ words }) => words).join('\n')} loop={loop} act={act} />
        ))}
        <Checkbox
          label={text('mappingPage.saveAnyway')}
          checked={accepted}
          onChange={(_, { checked }) => {
            setAccepted(checked === true);
          }}
        />
      </div>
    </section>
  );
}

function Chain({ loop: { chain, fix }, act }: { loop: MappingLoop; act: Act }) {
  return (
    <>
      <ol className={styles.chain}>
        {chain.map(({ side, words }, index) => (
          <li key={index} className={shared.small}>
            {index > 0 && <ArrowRight16Regular />}
            <span className={styles.link}>
              {side === 'connect' ? <ConnectGlyph /> : <TeamsGlyph />}
              {words}
            </span>
          </li>
        ))}
        <li>
          <ArrowRepeatAll16Regular className={status.warning} />
        </li>
      </ol>
      {fix && (
        <Button
          appearance="primary"
          size="small"
          onClick={() => {
            act(fix.action);
          }}
        >
          {fix.label}
        </Button>
      )}
    </>
  );
}

// The drawer before the application is set up: one sentence, the button to the set-up, and who else can do it. Everything
// else that the drawer shows would only repeat that nothing is set up.
import { Button, Menu, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { MoreHorizontal20Regular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';

import type { Act } from '../act';
import type { Banner as BannerView } from '../bindings/Banner';
import { text } from '../text';
import { Banner } from './Banner';
import { atOpening } from '../focus';
import { ConnectGlyph, TeamsGlyph } from './Glyph';
import { LastItems } from './LastItems';
import styles from './NotSetUp.module.css';
import shared from '../shared.module.css';

interface Props {
  /** Why the settings file cannot be used, if that is the reason. */
  problem: string | null;
  /** A banner with a way to continue without the wizard. */
  banner: BannerView | null;
  act: Act;
}

export function NotSetUp({ problem, banner, act }: Props) {
  const page = useRef<HTMLElement>(null);
  useEffect(() => atOpening(() => page.current?.querySelector('button')?.focus()), []);

  return (
    <div className={styles.drawer}>
      <header className={styles.head}>
        <span className={`${shared.small} ${shared.quiet} ${shared.ellipsis}`}>{text('notSetUp.product')}</span>
        <More act={act} />
      </header>
      <main ref={page} className={styles.main}>
        {banner && <Banner banner={banner} act={act} />}
        <div className={styles.middle}>
          <div className={styles.sign} aria-hidden="true">
            <ConnectGlyph size={36} />
            <span className={styles.link} />
            <TeamsGlyph size={36} />
          </div>
          <h1 className={styles.title}>{text(problem === null ? 'notSetUp.title' : 'notSetUp.broken')}</h1>
          {problem !== null && <p className={`${styles.words} ${shared.body}`}>{problem}</p>}
          <Button
            className={styles.button}
            appearance="primary"
            size="large"
            onClick={() => {
              act(problem === null ? { openSettings: { page: 'setup' } } : 'openFolder');
            }}
          >
            {text(problem === null ? 'notSetUp.button' : 'notSetUp.folder')}
          </Button>
          {problem === null && (
            <p className={`${styles.words} ${shared.small} ${shared.quiet}`}>{text('notSetUp.administrator')}</p>
          )}
        </div>
      </main>
    </div>
  );
}

function More({ act }: { act: Act }) {
  return (
    <Menu positioning="below-end">
      <MenuTrigger>
        <Button
          appearance="subtle"
          icon={<MoreHorizontal20Regular />}
          aria-label={text('own.more')}
          title={text('own.more')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <LastItems act={act} />
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

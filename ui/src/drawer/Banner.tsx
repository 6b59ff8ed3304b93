// The banner above the list: first the situation, then what to do.
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  useAnnounce,
} from '@fluentui/react-components';
import { useEffect, useRef } from 'react';

import type { Act } from '../act';
import type { Banner as BannerView } from '../bindings/Banner';
import type { ButtonKind } from '../bindings/ButtonKind';
import type { Level } from '../bindings/Level';
import styles from './Banner.module.css';

/** A banner is never red: red is for the health icon of the side that fails. */
const INTENT = {
  ok: 'info',
  reading: 'info',
  offline: 'info',
  warning: 'warning',
  problem: 'warning',
} as const satisfies Record<Level, string>;

export const APPEARANCE = {
  primary: 'primary',
  secondary: 'secondary',
  subtle: 'subtle',
} as const satisfies Record<ButtonKind, string>;

export function Banner({ banner, act }: { banner: BannerView; act: Act }) {
  useAnnounced(banner.body);
  return (
    // Fluent announces the bar when it appears; with a role of its own it would be read twice.
    <div className={styles.banner} tabIndex={-1}>
      <MessageBar intent={INTENT[banner.level]} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{banner.title}</MessageBarTitle>
          {banner.body}
        </MessageBarBody>
        {banner.buttons.length > 0 && (
          <MessageBarActions className={styles.actions}>
            {banner.buttons.map(({ label, action, kind }) => (
              <Button
                key={label}
                className={styles.button}
                appearance={APPEARANCE[kind]}
                aria-keyshortcuts={action === 'teamsLogin' ? 'Control+L' : undefined}
                onClick={() => {
                  act(action);
                }}
              >
                {label}
              </Button>
            ))}
          </MessageBarActions>
        )}
      </MessageBar>
    </div>
  );
}

/** Announces a changed text of a banner: Fluent announces a banner only when it appears. */
function useAnnounced(body: string): void {
  const { announce } = useAnnounce();
  const announced = useRef(body);
  useEffect(() => {
    if (announced.current === body) return;
    announced.current = body;
    announce(body, { polite: true });
  }, [announce, body]);
}

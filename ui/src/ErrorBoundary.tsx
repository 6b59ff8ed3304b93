// Shown in place of a window when rendering it fails, so that the window is not empty. Only the kind of the error is
// reported: its message may quote what was on the page.
import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';

import styles from './ErrorBoundary.module.css';
import { text } from './text';

interface Props {
  /** Reports the kind of the error. */
  report: (kind: string) => void;
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown) {
    this.props.report(error instanceof Error ? error.name : typeof error);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className={styles.fault} role="alert">
        <p className={styles.title}>{text('fault.title')}</p>
        <p>{text('fault.about')}</p>
        <Button
          appearance="primary"
          onClick={() => {
            location.reload();
          }}
        >
          {text('fault.reload')}
        </Button>
      </main>
    );
  }
}

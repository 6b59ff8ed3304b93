// The settings window.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { ErrorBoundary } from './ErrorBoundary';
import { hideWebviewMenu } from './menu';
import { tauriSettings } from './platform/tauri';
import { Settings } from './settings/Settings';
import { Theme } from './theme/Theme';

hideWebviewMenu();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Theme>
        <ErrorBoundary
          report={(kind) => {
            tauriSettings.act({ drawingFailed: { kind } }).catch(() => undefined);
          }}
        >
          <Settings platform={tauriSettings} first={location.hash.slice(1)} />
        </ErrorBoundary>
      </Theme>
    </StrictMode>,
  );
}

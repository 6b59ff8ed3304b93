// The settings window.
import { StrictMode, useEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import { ErrorBoundary } from './ErrorBoundary';
import { hideWebviewMenu } from './menu';
import { rendered, setZoom, tauriSettings } from './platform/tauri';
import { Settings } from './settings/Settings';
import { Theme } from './theme/Theme';
import { hideTipsWhenPressed } from './tips';
import { keepZoom } from './zoom';

hideWebviewMenu();
hideTipsWhenPressed();
keepZoom(setZoom);

/** Reports that the page is rendered, because the window is shown then. Without the report it is shown after a while. */
function Rendered({ children }: { children: ReactNode }) {
  useEffect(() => {
    rendered().catch(() => undefined);
  }, []);
  return children;
}

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
          <Rendered>
            <Settings platform={tauriSettings} first={location.hash.slice(1)} />
          </Rendered>
        </ErrorBoundary>
      </Theme>
    </StrictMode>,
  );
}

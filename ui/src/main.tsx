// The drawer's window.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { DrawerWindow } from './drawer/DrawerWindow';
import { DrawerStore } from './drawer/store';
import { ErrorBoundary } from './ErrorBoundary';
import { hideWebviewMenu } from './menu';
import { setZoom, tauri } from './platform/tauri';
import { Theme } from './theme/Theme';
import { hideTipsWhenPressed } from './tips';
import { keepZoom } from './zoom';

hideWebviewMenu();
hideTipsWhenPressed();
keepZoom(setZoom);

const store = new DrawerStore(tauri);
// Started before the first rendering, which takes longer than the answer.
store.open();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Theme>
        <ErrorBoundary
          report={(kind) => {
            tauri.act({ drawingFailed: { kind } }).catch(() => undefined);
          }}
        >
          <DrawerWindow platform={tauri} store={store} />
        </ErrorBoundary>
      </Theme>
    </StrictMode>,
  );
}

// The drawer's window.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Drawer } from './drawer/Drawer';
import { DrawerStore } from './drawer/store';
import { hideWebviewMenu } from './menu';
import { tauri } from './platform/tauri';
import { Theme } from './theme/Theme';

hideWebviewMenu();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Theme>
        <Drawer platform={tauri} store={new DrawerStore(tauri)} />
      </Theme>
    </StrictMode>,
  );
}

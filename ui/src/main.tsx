// The drawer's window.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Drawer } from './drawer/Drawer';
import { DrawerStore } from './drawer/store';
import { tauri } from './platform/tauri';
import { Theme } from './theme/Theme';

// The webview's own menu ("Reload") is no part of the product; where text is typed it is.
addEventListener('contextmenu', (event) => {
  if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
});

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

// The development page: the real windows over made-up platforms. The address chooses the scene: /?login
import { createRoot } from 'react-dom/client';

import { Drawer } from '../src/drawer/Drawer';
import { DrawerStore } from '../src/drawer/store';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { scene } from './platform';
import { settingsScene } from './settings';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Theme>{shown(location.search.slice(1))}</Theme>);

function shown(name: string) {
  const settings = settingsScene(name);
  if (settings) return <Settings platform={settings.platform} first={settings.page} />;
  const platform = scene(name);
  const store = new DrawerStore(platform);
  store.open();
  return <Drawer platform={platform} store={store} />;
}

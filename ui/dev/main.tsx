// The development page: the real windows over made-up platforms. The address chooses the scene: /?login
import { createRoot } from 'react-dom/client';

import { Drawer } from '../src/drawer/Drawer';
import { DrawerStore } from '../src/drawer/store';
import { Settings } from '../src/settings/Settings';
import { Theme } from '../src/theme/Theme';
import { drawerPlatform } from './platform';
import { isWindow } from './scene';
import { SCENES, sceneNamed } from './scenes';
import { settingsPlatform } from './settings';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Theme>{shown(location.search.slice(1))}</Theme>);

/** The scene of this name; an unknown name shows the drawer. */
function shown(name: string) {
  const scene = sceneNamed(name) ?? SCENES.drawer;
  if (isWindow(scene)) return <Settings platform={settingsPlatform(scene)} first={scene.page} />;
  const platform = drawerPlatform(scene);
  const store = new DrawerStore(platform);
  store.open();
  return <Drawer platform={platform} store={store} />;
}

// The development page: the real drawer over a made-up platform. The address chooses the scene: /?login
import { createRoot } from 'react-dom/client';

import { Drawer } from '../src/drawer/Drawer';
import { DrawerStore } from '../src/drawer/store';
import { Theme } from '../src/theme/Theme';
import { scene } from './platform';

const platform = scene(location.search.slice(1));
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <Theme>
      <Drawer platform={platform} store={new DrawerStore(platform)} />
    </Theme>,
  );
}

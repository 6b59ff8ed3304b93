// Every scene of the development page, and so every picture that is taken. A file of scenes is one line here.
import type { Scene } from '../scene';
import { CALL } from './call';
import { DRAWER } from './drawer';
import { FIRST } from './first';
import { INCOMING } from './incoming';
import { MENUS } from './menus';
import { PAGES } from './pages';
import { RECENT_CALLS } from './recentCalls';
import { SEARCH } from './search';
import { SETTINGS } from './settings';
import { SET_UP } from './setup';
import { TIMELINE } from './timeline';

export const SCENES = {
  ...DRAWER,
  ...FIRST,
  ...SEARCH,
  ...MENUS,
  ...CALL,
  ...INCOMING,
  ...TIMELINE,
  ...RECENT_CALLS,
  ...PAGES,
  ...SETTINGS,
  ...SET_UP,
};

export type SceneName = keyof typeof SCENES;

export function isSceneName(name: string): name is SceneName {
  return Object.hasOwn(SCENES, name);
}

/** The scene of this name, if there is one. */
export function sceneNamed(name: string): Scene | undefined {
  return isSceneName(name) ? SCENES[name] : undefined;
}

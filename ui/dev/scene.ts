// What a scene of the development page is: one state of a window, how large it is, and what is done in it before its
// picture is taken. The data of the scenes are in `scenes/`; nothing here draws anything.
import type { Page } from 'playwright-core';

import type { PersonLine } from '../src/bindings/PersonLine';
import type { SettingsPage } from '../src/bindings/SettingsPage';
import type { View } from '../src/bindings/View';
import type { Platform, SettingsPlatform } from '../src/platform/platform';

/** Width and height of a window, in CSS pixels. */
export type Size = readonly [width: number, height: number];

/** How a scene is looked at. */
interface Look {
  /** By itself the size that the window opens with. */
  size?: Size;
  /** How far the page is zoomed, in a window of the same size: 1.5 for 150 %. One more picture for each. */
  zooms?: readonly number[];
  /** What is done before the picture. It fails where the scene is not what its name says. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** A part of the view; the rest is that of an agent at work. */
export type ViewPart = Partial<Omit<View, 'own'>> & { own?: Partial<View['own']> };

/** People under the name of their department. */
export type Departments = readonly (readonly [department: string, people: readonly PersonLine[]])[];

export interface DrawerScene extends Look {
  view: ViewPart;
  favourites?: readonly PersonLine[];
  everyone?: readonly PersonLine[];
  /** In place of everyone. */
  departments?: Departments;
  /** Answers of its own. */
  platform?: Partial<Platform>;
}

export interface WindowScene extends Look {
  /** The page of the settings window. */
  page: SettingsPage;
  /** Answers of its own. */
  platform?: Partial<SettingsPlatform>;
}

export type Scene = DrawerScene | WindowScene;
/** Scenes by name: what a file of `scenes/` holds. The name is part of an address and of a file's name. */
export type Scenes = Readonly<Record<string, Scene>>;

export const DRAWER: Size = [380, 760];
export const NARROW_DRAWER: Size = [320, 760];
export const WINDOW: Size = [960, 680];
export const SMALL_WINDOW: Size = [800, 600];
/** For the main state of each window. */
export const ZOOMED = [1.5] as const;
export const ZOOMED_TWICE = [1.5, 2] as const;

export function isWindow(scene: Scene): scene is WindowScene {
  return 'page' in scene;
}

export function sizeOf(scene: Scene): Size {
  return scene.size ?? (isWindow(scene) ? WINDOW : DRAWER);
}

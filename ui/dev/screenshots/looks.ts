// How each scene is looked at: in every theme, and zoomed where it asks for that.
import { sizeOf, type Scene } from '../scene';

/** What is emulated for a theme. */
export const THEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  contrast: { colorScheme: 'dark', forcedColors: 'active' },
} as const;

export type Theme = keyof typeof THEMES;

/** A page is loaded once for each of these, and shows one theme after the other. */
export interface Look {
  scene: string;
  zoom: number;
  /** The page's own size, in its CSS pixels: a zoomed page has less room in the same window. */
  width: number;
  height: number;
  themes: readonly Theme[];
}

/** Pixels of a picture for each CSS pixel that is not zoomed. */
export const DENSITY = 1.5;

const ALL = Object.keys(THEMES) as Theme[];

export function looks(name: string, scene: Scene): Look[] {
  const [width, height] = sizeOf(scene);
  const zoomed = (scene.zooms ?? []).map((zoom): Look => {
    return { scene: name, zoom, width: Math.round(width / zoom), height: Math.round(height / zoom), themes: ['light'] };
  });
  return [{ scene: name, zoom: 1, width, height, themes: ALL }, ...zoomed];
}

/** The name of a picture: "login-dark", "login-150-light". */
export function pictureName({ scene, zoom }: Look, theme: Theme): string {
  return zoom === 1 ? `${scene}-${theme}` : `${scene}-${Math.round(zoom * 100)}-${theme}`;
}

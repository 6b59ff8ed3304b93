// The theme of the settings, or of the system: light, dark or high contrast. It follows a change at once.
import {
  AriaLiveAnnouncer,
  FluentProvider,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  type Theme as Tokens,
} from '@fluentui/react-components';
import '@fontsource-variable/open-sans/wdth.css';
import { createContext, useContext, useEffect, useLayoutEffect, useState, type ReactNode } from 'react';

import type { ThemeChoice } from '../bindings/ThemeChoice';
import { useMedia } from '../media';
import { setDark } from './dark';
import './global.css';

type ThemeName = Exclude<ThemeChoice, 'system'>;

const FONT = { fontFamilyBase: "'Segoe UI Variable Text','Segoe UI','Open Sans Variable',sans-serif" };
const THEMES: Readonly<Record<ThemeName, Tokens>> = {
  light: { ...teamsLightTheme, ...FONT },
  dark: { ...teamsDarkTheme, ...FONT },
  contrast: { ...teamsHighContrastTheme, ...FONT },
};

/** The light theme with more contrast: quiet words are as dark as the others, and every line is visible. */
const LIGHT_WITH_CONTRAST: Tokens = {
  ...THEMES.light,
  colorNeutralForeground2: teamsLightTheme.colorNeutralForeground1,
  colorNeutralForeground3: teamsLightTheme.colorNeutralForeground1,
  colorNeutralForeground4: teamsLightTheme.colorNeutralForeground1,
  colorNeutralStroke1: teamsLightTheme.colorNeutralStrokeAccessible,
  colorNeutralStroke2: teamsLightTheme.colorNeutralStrokeAccessible,
  colorNeutralStroke3: teamsLightTheme.colorNeutralStrokeAccessible,
  colorTransparentStroke: teamsLightTheme.colorNeutralStrokeAccessible,
};

/** The key of the stored choice. Without it, the next window would have other colours until the first answer. */
const KEY = 'theme';

const Choose = createContext<(choice: ThemeChoice) => void>(() => undefined);

/** Passes on the choice of the settings as soon as it is known. */
export function useThemeChoice(choice: ThemeChoice | undefined): void {
  const choose = useContext(Choose);
  useEffect(() => {
    if (choice) choose(choice);
  }, [choose, choice]);
}

function useSystemTheme(more: boolean): ThemeName {
  const forced = useMedia('(forced-colors: active)');
  const dark = useMedia('(prefers-color-scheme: dark)');
  // The theme of high contrast is black, which does not fit a light system with more contrast.
  if (forced || (more && dark)) return 'contrast';
  return dark ? 'dark' : 'light';
}

export function Theme({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(stored);
  const more = useMedia('(prefers-contrast: more)');
  const system = useSystemTheme(more);
  const name = choice === 'system' ? system : choice;
  useEffect(() => {
    store(choice);
  }, [choice]);
  // A layout effect, so that it is set before the page reports that it is rendered.
  useLayoutEffect(() => {
    setDark(name !== 'light');
  }, [name]);
  return (
    <Choose value={setChoice}>
      <FluentProvider className={`theme-${name}`} theme={name === 'light' && more ? LIGHT_WITH_CONTRAST : THEMES[name]}>
        {/* Without it a MessageBar announces nothing. */}
        <AriaLiveAnnouncer>{children}</AriaLiveAnnouncer>
      </FluentProvider>
    </Choose>
  );
}

function store(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // The storage is full or forbidden: the next window starts with the colours of the system.
  }
}

function stored(): ThemeChoice {
  try {
    const name = localStorage.getItem(KEY);
    return name === 'light' || name === 'dark' || name === 'contrast' ? name : 'system';
  } catch {
    return 'system';
  }
}

// The theme by the settings, or by the system's choice: light, dark or high contrast. It follows a change at once.
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

/** The light theme for whoever asks for more contrast: quiet words are as dark as the others, and every line can be seen. */
const LIGHT_WITH_MORE: Tokens = {
  ...THEMES.light,
  colorNeutralForeground2: teamsLightTheme.colorNeutralForeground1,
  colorNeutralForeground3: teamsLightTheme.colorNeutralForeground1,
  colorNeutralForeground4: teamsLightTheme.colorNeutralForeground1,
  colorNeutralStroke1: teamsLightTheme.colorNeutralStrokeAccessible,
  colorNeutralStroke2: teamsLightTheme.colorNeutralStrokeAccessible,
  colorNeutralStroke3: teamsLightTheme.colorNeutralStrokeAccessible,
  colorTransparentStroke: teamsLightTheme.colorNeutralStrokeAccessible,
};

/** Where the last choice is kept for the next window, which would be painted in other colours until the first answer. */
const KEPT = 'theme';

const Choose = createContext<(choice: ThemeChoice) => void>(() => undefined);

/** Says what the settings want, as soon as that is known. */
export function useThemeChoice(choice: ThemeChoice | undefined): void {
  const choose = useContext(Choose);
  useEffect(() => {
    if (choice) choose(choice);
  }, [choose, choice]);
}

function useSystemTheme(more: boolean): ThemeName {
  const forced = useMedia('(forced-colors: active)');
  const dark = useMedia('(prefers-color-scheme: dark)');
  // The theme of high contrast is black: whoever asks for more contrast on white does not ask for black.
  if (forced || (more && dark)) return 'contrast';
  return dark ? 'dark' : 'light';
}

export function Theme({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(kept);
  const more = useMedia('(prefers-contrast: more)');
  const system = useSystemTheme(more);
  const name = choice === 'system' ? system : choice;
  useEffect(() => {
    keep(choice);
  }, [choice]);
  // Before the page says that it is rendered.
  useLayoutEffect(() => {
    setDark(name !== 'light');
  }, [name]);
  return (
    <Choose value={setChoice}>
      <FluentProvider className={`theme-${name}`} theme={name === 'light' && more ? LIGHT_WITH_MORE : THEMES[name]}>
        {/* Without it a MessageBar announces nothing. */}
        <AriaLiveAnnouncer>{children}</AriaLiveAnnouncer>
      </FluentProvider>
    </Choose>
  );
}

function keep(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEPT, choice);
  } catch {
    // Full or forbidden: the next window begins in the colours of the system.
  }
}

function kept(): ThemeChoice {
  try {
    const name = localStorage.getItem(KEPT);
    return name === 'light' || name === 'dark' || name === 'contrast' ? name : 'system';
  } catch {
    return 'system';
  }
}

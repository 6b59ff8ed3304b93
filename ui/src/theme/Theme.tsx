// The theme by the system's choice: light, dark or high contrast. It follows a change at once.
import {
  AriaLiveAnnouncer,
  FluentProvider,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  type Theme as Tokens,
} from '@fluentui/react-components';
import '@fontsource-variable/open-sans/wdth.css';
import type { ReactNode } from 'react';

import { useMedia } from '../media';
import './global.css';

type ThemeName = 'light' | 'dark' | 'contrast';

const FONT = { fontFamilyBase: "'Segoe UI Variable Text','Segoe UI','Open Sans Variable',sans-serif" };
const THEMES: Readonly<Record<ThemeName, Tokens>> = {
  light: { ...teamsLightTheme, ...FONT },
  dark: { ...teamsDarkTheme, ...FONT },
  contrast: { ...teamsHighContrastTheme, ...FONT },
};

function useSystemTheme(): ThemeName {
  const forced = useMedia('(forced-colors: active)');
  const more = useMedia('(prefers-contrast: more)');
  const dark = useMedia('(prefers-color-scheme: dark)');
  if (forced || more) return 'contrast';
  return dark ? 'dark' : 'light';
}

export function Theme({ children }: { children: ReactNode }) {
  const name = useSystemTheme();
  return (
    <FluentProvider className={`theme-${name}`} theme={THEMES[name]}>
      {/* Without it a MessageBar announces nothing. */}
      <AriaLiveAnnouncer>{children}</AriaLiveAnnouncer>
    </FluentProvider>
  );
}

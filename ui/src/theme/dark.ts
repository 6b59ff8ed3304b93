// Whether the page is dark, for what is drawn around it: the web view's own parts and the window.

export function setDark(dark: boolean): void {
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
}

export function isDark(): boolean {
  return document.documentElement.style.colorScheme === 'dark';
}

// Hides the webview's own menu ("Reload"), except in text fields, where it has Copy and Paste.
export function hideWebviewMenu(): void {
  addEventListener('contextmenu', (event) => {
    if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
  });
}

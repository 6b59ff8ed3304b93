// The webview's own menu ("Reload") is no part of the product; where text is typed it is.
export function hideWebviewMenu(): void {
  addEventListener('contextmenu', (event) => {
    if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
  });
}

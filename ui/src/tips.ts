// The system draws the words of `title` over everything, menus too, as long as the pointer rests. Whoever has pressed a
// control knows what it is for: its tip is gone until the pointer leaves.

/** Takes the tip from what is pressed. The name for a screen reader is elsewhere. */
export function hideTipsWhenPressed(): void {
  window.addEventListener('pointerdown', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[title]') : null;
    const tip = pressed?.getAttribute('title');
    if (!pressed || !tip) return;
    pressed.removeAttribute('title');
    pressed.addEventListener(
      'pointerleave',
      () => {
        if (!pressed.hasAttribute('title')) pressed.setAttribute('title', tip);
      },
      { once: true },
    );
  });
}

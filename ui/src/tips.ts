// The system draws the tooltip of `title` above everything, even above an open menu, while the pointer rests. A person who
// has pressed a control does not need its tooltip, so it is removed until the pointer leaves.

/** Removes the tooltip of a control that is pressed. The name for screen readers is not in `title`. */
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

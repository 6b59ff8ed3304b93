// Ctrl and +, − or 0, or Ctrl and the wheel: larger and smaller words. It is kept for both windows, which are made again
// whenever they are needed. It knows nothing of what it zooms.

/** Where it is kept. */
const KEPT = 'zoom';
/** As browsers have them. */
const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;
const USUAL = STEPS.indexOf(1);

type Direction = 'in' | 'out' | 'back';

/** Zooms this window by `set`, 1 for 100 %, as it was left, and from now on by keys, wheel and the other window. */
export function keepZoom(set: (factor: number) => Promise<void>): void {
  let step = kept();
  const apply = () => {
    // A window that refuses stays as it is.
    set(STEPS[step] ?? 1).catch(() => undefined);
  };
  const go = (direction: Direction) => {
    step = moved(step, direction);
    keep(step);
    apply();
  };
  if (step !== USUAL) apply();
  window.addEventListener('keydown', (event) => {
    const direction = event.ctrlKey && !event.altKey ? DIRECTIONS[event.key] : undefined;
    if (!direction) return;
    event.preventDefault();
    go(direction);
  });
  window.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      go(event.deltaY < 0 ? 'in' : 'out');
    },
    { passive: false },
  );
  window.addEventListener('storage', ({ key }) => {
    if (key !== KEPT) return;
    step = kept();
    apply();
  });
}

/** With and without the shift key, which some keyboards need for it. */
const DIRECTIONS: Readonly<Partial<Record<string, Direction>>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  _: 'out',
  '0': 'back',
};

function moved(step: number, direction: Direction): number {
  switch (direction) {
    case 'in':
      return Math.min(step + 1, STEPS.length - 1);
    case 'out':
      return Math.max(step - 1, 0);
    case 'back':
      return USUAL;
  }
}

function keep(step: number): void {
  try {
    localStorage.setItem(KEPT, String(STEPS[step]));
  } catch {
    // It lasts as long as the window, then.
  }
}

function kept(): number {
  try {
    const step = STEPS.findIndex((factor) => String(factor) === localStorage.getItem(KEPT));
    return step < 0 ? USUAL : step;
  } catch {
    return USUAL;
  }
}

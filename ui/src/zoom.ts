// Zooms the windows with Ctrl and +, − or 0, and with Ctrl and the wheel. The zoom is stored for both windows, which are
// created again whenever they are opened.

/** The key under which the zoom is stored. */
const KEY = 'zoom';
/** The steps that browsers have. */
const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;
const DEFAULT = STEPS.indexOf(1);

type Direction = 'in' | 'out' | 'back';

/** Sets the stored zoom by `set` (1 is 100 %), and follows keys, the wheel and the other window from then on. */
export function keepZoom(set: (factor: number) => Promise<void>): void {
  let step = stored();
  const apply = () => {
    // If it is refused, the window keeps its zoom.
    set(STEPS[step] ?? 1).catch(() => undefined);
  };
  const go = (direction: Direction) => {
    step = next(step, direction);
    store(step);
    apply();
  };
  if (step !== DEFAULT) apply();
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
    if (key !== KEY) return;
    step = stored();
    apply();
  });
}

/** With and without the shift key, which some keyboards need for these characters. */
const DIRECTIONS: Readonly<Partial<Record<string, Direction>>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  _: 'out',
  '0': 'back',
};

function next(step: number, direction: Direction): number {
  switch (direction) {
    case 'in':
      return Math.min(step + 1, STEPS.length - 1);
    case 'out':
      return Math.max(step - 1, 0);
    case 'back':
      return DEFAULT;
  }
}

function store(step: number): void {
  try {
    localStorage.setItem(KEY, String(STEPS[step]));
  } catch {
    // Without storage, the zoom lasts until the window is closed.
  }
}

function stored(): number {
  try {
    const step = STEPS.findIndex((factor) => String(factor) === localStorage.getItem(KEY));
    return step < 0 ? DEFAULT : step;
  } catch {
    return DEFAULT;
  }
}

// The pictures of the README: scenes in the light theme. `cargo xtask screenshots --readme` writes them again.
import type { SceneName } from '../scenes';

export const README = [
  { scene: 'drawer', file: 'docs/pictures/drawer.png' },
  { scene: 'setupForth', file: 'docs/pictures/set-up.png' },
  { scene: 'timeline', file: 'docs/pictures/timeline.png' },
] as const satisfies readonly { scene: SceneName; file: string }[];

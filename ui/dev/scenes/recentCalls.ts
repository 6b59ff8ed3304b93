// The recent calls, and the question before all of them are erased.
import type { RecentCalls } from '../../src/bindings/RecentCalls';
import { openDialog } from '../interactions';
import { CALLS_SCENES } from '../recentCalls';
import { SMALL_WINDOW, ZOOMED_TWICE, type Scenes, type WindowScene } from '../scene';

function showing(recent: RecentCalls): WindowScene {
  return { page: 'calls', platform: { recentCalls: () => Promise.resolve(recent) } };
}

export const RECENT_CALLS = {
  calls: { ...showing(CALLS_SCENES.calls), zooms: ZOOMED_TWICE },
  callsErase: { ...showing(CALLS_SCENES.calls), prepare: (page) => openDialog(page, 'Erase all') },
  callsNarrow: { ...showing(CALLS_SCENES.calls), size: SMALL_WINDOW },
  callsRefused: showing(CALLS_SCENES.callsRefused),
  callsNone: showing(CALLS_SCENES.callsNone),
  callsOff: showing(CALLS_SCENES.callsOff),
  callsUnknown: showing(CALLS_SCENES.callsUnknown),
} satisfies Scenes;

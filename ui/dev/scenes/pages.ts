// The pages of the settings window that have one state each.
import { DOCTOR } from '../doctor';
import { ZOOMED, type Scenes } from '../scene';

export const PAGES = {
  doctor: { page: 'doctor', zooms: ZOOMED },
  doctorRunning: {
    page: 'doctor',
    platform: {
      doctor: () =>
        Promise.resolve({ running: true, total: 21, checks: DOCTOR.checks.slice(0, 3), summary: '', report: '' }),
    },
  },
  doctorNotRun: {
    page: 'doctor',
    platform: {
      doctor: () => Promise.resolve({ running: false, total: 0, checks: [], summary: '', report: '' }),
    },
  },
  about: { page: 'about' },
} satisfies Scenes;

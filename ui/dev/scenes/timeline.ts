// The timeline, its export, and "What if…" above it.
import { openDialog } from '../interactions';
import { SMALL_WINDOW, ZOOMED, type Scenes } from '../scene';
import { LONG, month, showing } from '../timeline';
import { UNTRIED } from '../whatIf';

export const TIMELINE = {
  timeline: { page: 'timeline', zooms: ZOOMED, prepare: (page) => page.getByText('14:02:25').waitFor() },
  timelineNarrow: { page: 'timeline', size: SMALL_WINDOW, prepare: (page) => page.getByText('14:02:25').waitFor() },
  timelineLong: {
    page: 'timeline',
    platform: { timeline: showing(month(), LONG) },
    prepare: async (page) => {
      await page.getByRole('table').hover();
      await page.mouse.wheel(0, 260);
      await page.getByText('13:12:40').first().waitFor();
    },
  },
  timelineExport: {
    page: 'timeline',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.getByText('Saved as').waitFor();
    },
  },
  timelineNone: {
    page: 'timeline',
    platform: {
      timeline: showing([], {
        title: 'Why Available?',
        because: 'Nothing is recorded yet.',
        detail: '',
        button: null,
      }),
    },
  },
  timelineLoading: { page: 'timeline', platform: { timeline: () => new Promise(() => undefined) } },
  timelineFailed: { page: 'timeline', platform: { timeline: () => Promise.reject(new Error()) } },
  timelineWhatIf: {
    page: 'timeline',
    prepare: async (page) => {
      await openDialog(page, 'What if…');
      await page.getByText('When Connect becomes').waitFor();
    },
  },
  timelineWhatIfReplay: {
    page: 'timeline',
    prepare: async (page) => {
      await openDialog(page, 'What if…');
      await page.getByRole('button', { name: 'Replay' }).click();
      await page.getByRole('table', { name: 'Differences' }).waitFor();
    },
  },
  timelineWhatIfNone: {
    page: 'timeline',
    platform: UNTRIED,
    prepare: async (page) => {
      await openDialog(page, 'What if…');
      await page.getByRole('button', { name: 'Replay' }).click();
      await page.getByText('Nothing is recorded yet.').waitFor();
    },
  },
} satisfies Scenes;

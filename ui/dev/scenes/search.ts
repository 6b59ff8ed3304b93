// The search: among the people in your list, then in the whole directory.
import type { DirectorySearch } from '../../src/bindings/DirectorySearch';
import { row } from '../interactions';
import { counts } from '../healthy';
import { FOUND } from '../people';
import type { DrawerScene, Scenes } from '../scene';

/** A search that finds nobody among the people in your list. */
function searching(asked: DirectorySearch): DrawerScene {
  return {
    view: { counts: counts(0, 4812, { found: 0, asked }) },
    favourites: [],
    everyone: [],
    prepare: async (page) => {
      await page.keyboard.type('winther');
      await page.getByText('No match for “winther”').waitFor();
    },
  };
}

export const SEARCH = {
  searchEmpty: searching({ is: 'asking' }),
  searchNobody: searching({ is: 'nobody' }),
  searchNoAnswer: searching({ is: 'noAnswer' }),
  searchFound: {
    view: { counts: counts(2, 4814, { found: 2, asked: { is: 'found', count: 2 } }) },
    favourites: [],
    everyone: FOUND,
    prepare: async (page) => {
      await page.keyboard.type('winther');
      await row(page, 'Kasper Winther').hover();
    },
  },
} satisfies Scenes;

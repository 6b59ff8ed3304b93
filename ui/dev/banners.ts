// Banners that scenes and tests share.
import type { Banner } from '../src/bindings/Banner';

/** Before the first login. */
export const NEEDED: Banner = {
  level: 'warning',
  title: 'Teams needs a login.',
  body: 'Teams is not read or written until you log in.',
  buttons: [
    { label: 'Teams Login', action: 'teamsLogin', kind: 'primary' },
    { label: 'Later', action: 'later', kind: 'subtle' },
  ],
};

/** A login that goes on in the browser. */
export function underWay(body: string, link: string): Banner {
  return {
    level: 'reading',
    title: 'Continue in the browser.',
    body,
    buttons: [
      { label: 'Open again', action: 'loginOpenAgain', kind: 'secondary' },
      { label: 'Copy link', action: { copy: { text: link } }, kind: 'secondary' },
      { label: 'Cancel', action: 'loginCancel', kind: 'subtle' },
    ],
  };
}

/** What is said of it while nothing is amiss. */
export const IN_BROWSER = 'Log in to Teams there. This window continues automatically.';

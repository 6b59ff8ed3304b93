// A call that goes out, in each of its states.
import { calling, missed, secondsAgo } from '../calls';
import { ago, SIDES } from '../people';
import { NARROW_DRAWER, ZOOMED, type DrawerScene, type Scenes } from '../scene';
import { LOGIN } from './drawer';

const ASKING: DrawerScene = {
  view: calling({ is: 'asking', since: ago(12) }, { name: 'Emeka Obi' }),
  favourites: [],
  everyone: SIDES,
};
const RINGING: DrawerScene = {
  view: calling({ is: 'ringing', since: secondsAgo(7) }, { hint: 'Open ConnectPath to take the audio.' }),
};

export const CALL = {
  asking: ASKING,
  askingNarrow: { ...ASKING, size: NARROW_DRAWER },
  dialling: { view: calling({ is: 'dialling' }) },
  ringing: RINGING,
  ringingNarrow: { ...RINGING, size: NARROW_DRAWER },
  ringingOld: { view: calling({ is: 'ringing', since: secondsAgo(7) }, { name: 'Liv Andersen' }) },
  connected: { view: calling({ is: 'connected', since: secondsAgo(222) }, { digits: '4021' }), zooms: ZOOMED },
  ended: { view: calling({ is: 'ended', seconds: 222 }) },
  failed: { view: calling({ is: 'failed', sentence: 'No answer.', again: true }) },
  failedForGood: {
    view: calling({ is: 'failed', sentence: 'Your contact centre does not call this number.', again: false }),
  },
  lost: { view: calling({ is: 'lost', sentence: 'Connection to ConnectPath lost. The call may still be live.' }) },
  hangingUp: { view: calling({ is: 'hangingUp' }) },
  notHungUp: {
    view: calling(
      { is: 'connected', since: secondsAgo(222) },
      { hint: 'The call was not hung up. Try again, or hang up in ConnectPath.' },
    ),
  },
  bannerAndCall: {
    view: {
      ...calling({ is: 'ringing', since: secondsAgo(7) }),
      banner: LOGIN,
      missed: [missed('Grace Holloway', { is: 'offered' })],
    },
  },
} satisfies Scenes;

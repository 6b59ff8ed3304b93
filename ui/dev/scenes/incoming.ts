// Calls that come in, that were answered, and that were missed.
import {
  ANONYMOUS,
  answered,
  BOTH_SIDES,
  DIRECT,
  missed,
  NOBODY_MISSED,
  NOT_CLEARED,
  OLD,
  ONE_OF_TWO,
  ringing,
} from '../calls';
import { NARROW_DRAWER, ZOOMED, type DrawerScene, type Scenes } from '../scene';

const SEVERAL: DrawerScene = { view: ringing(BOTH_SIDES, ANONYMOUS, OLD) };
const ANSWERED: DrawerScene = { view: ringing(answered(DIRECT, 222)) };
const MISSED: DrawerScene = {
  view: {
    missed: [missed('Tomás Ibarra', { is: 'underWay' }), missed('Grace Holloway', NOT_CLEARED, '13:58'), NOBODY_MISSED],
  },
};

export const INCOMING = {
  incoming: { view: ringing(DIRECT), zooms: ZOOMED },
  incomingBoth: { view: ringing(BOTH_SIDES) },
  incomingOneOf: { view: ringing(ONE_OF_TWO) },
  incomingAnonymous: { view: ringing(ANONYMOUS) },
  incomingSeveral: SEVERAL,
  incomingSeveralNarrow: { ...SEVERAL, size: NARROW_DRAWER },
  answered: ANSWERED,
  answeredNarrow: { ...ANSWERED, size: NARROW_DRAWER },
  answeredAndMore: { view: ringing(answered(DIRECT, 222), OLD) },
  missed: { view: { missed: [missed('Grace Holloway', { is: 'offered' })] } },
  missedStates: MISSED,
  missedStatesNarrow: { ...MISSED, size: NARROW_DRAWER },
} satisfies Scenes;

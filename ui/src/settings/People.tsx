// How people are listed in the drawer.
import { text } from '../text';
import { Choice } from './controls/Choice';
import { ControlsPage, type ControlsProps } from './controls/ControlsPage';
import { Flag } from './controls/Flag';

/** How many people may be listed; 0 lists all. */
const LIMITS = [100, 300, 1000, 5000, 0];

export function People(props: ControlsProps) {
  return (
    <ControlsPage title={text('peoplePage.title')} {...props}>
      {({ controls, isBlocked, send }) => (
        <>
          <Choice
            label={text('peoplePage.limit')}
            hint={text('peoplePage.limitHint')}
            isBlocked={isBlocked}
            control={controls.drawerLimit}
            options={limits(controls.drawerLimit.value)}
            send={(value) => send({ key: 'drawerLimit', value })}
          />
          <Flag
            label={text('peoplePage.compact')}
            hint={text('peoplePage.compactHint')}
            isBlocked={isBlocked}
            control={controls.drawerCompact}
            send={(value) => send({ key: 'drawerCompact', value })}
          />
          <Flag
            label={text('peoplePage.photos')}
            hint={text('peoplePage.photosHint')}
            isBlocked={isBlocked}
            control={controls.drawerPhotos}
            send={(value) => send({ key: 'drawerPhotos', value })}
          />
          <Flag
            label={text('peoplePage.cache')}
            hint={text('peoplePage.cacheHint')}
            isBlocked={isBlocked}
            control={controls.drawerCache}
            send={(value) => send({ key: 'drawerCache', value })}
          />
        </>
      )}
    </ControlsPage>
  );
}

/** The limits with their words; the current one is always among them. */
function limits(current: number): (readonly [number, string])[] {
  const some = LIMITS.filter((limit) => limit > 0);
  const all = [...new Set([...some, current])].filter((limit) => limit > 0).sort((one, other) => one - other);
  return [
    ...all.map((count) => [count, text('peoplePage.some', { count })] as const),
    [0, text('peoplePage.everyone')] as const,
  ];
}

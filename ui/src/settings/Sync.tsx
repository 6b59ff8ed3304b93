// The settings of the sync: its waits, what it does not change, and what it writes.
import { text } from '../text';
import { Amount } from './controls/Amount';
import { Choice } from './controls/Choice';
import { ControlsPage, type ControlsProps } from './controls/ControlsPage';
import { Flag } from './controls/Flag';

const MESSAGES = (['off', 'number', 'status'] as const).map(
  (message) => [message, text(`syncPage.messages.${message}`)] as const,
);

export function Sync(props: ControlsProps) {
  return (
    <ControlsPage title={text('syncPage.title')} {...props}>
      {({ controls, isBlocked, send }) => (
        <>
          <Amount
            label={text('syncPage.hold')}
            hint={text('syncPage.holdHint', { usual: seconds(controls.hold.default) })}
            isBlocked={isBlocked}
            control={controls.hold}
            words={seconds}
            send={(value) => send({ key: 'hold', value })}
          />
          <Amount
            label={text('syncPage.idle')}
            hint={text('syncPage.idleHint', { usual: minutes(controls.restoreIdle.default) })}
            isBlocked={isBlocked}
            control={controls.restoreIdle}
            words={minutes}
            send={(value) => send({ key: 'restoreIdle', value })}
          />
          <Amount
            label={text('syncPage.heldFor')}
            hint={text('syncPage.heldForHint', { usual: hours(controls.heldFor.default) })}
            isBlocked={isBlocked}
            control={controls.heldFor}
            words={hours}
            send={(value) => send({ key: 'heldFor', value })}
          />
          <Choice
            label={text('syncPage.message')}
            hint={text('syncPage.messageHint')}
            isBlocked={isBlocked}
            control={controls.statusMessage}
            options={MESSAGES}
            send={(value) => send({ key: 'statusMessage', value })}
          />
          <Flag
            label={text('syncPage.dryRun')}
            hint={text('syncPage.dryRunHint')}
            isBlocked={isBlocked}
            control={controls.dryRun}
            send={(value) => send({ key: 'dryRun', value })}
          />
        </>
      )}
    </ControlsPage>
  );
}

function seconds(count: number): string {
  return count === 1 ? text('controlsPage.second') : text('controlsPage.seconds', { count });
}

function minutes(count: number): string {
  return count === 1 ? text('controlsPage.minute') : text('controlsPage.minutes', { count });
}

function hours(count: number): string {
  return count === 1 ? text('controlsPage.hour') : text('controlsPage.hours', { count });
}

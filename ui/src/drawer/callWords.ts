// The texts of the call bar. Pure; the bar only places them.
import type { CallBar } from '../bindings/CallBar';
import type { CallState } from '../bindings/CallState';
import { text } from '../text';
import { counter, duration, MINUTE } from '../time';

/** "Anders Dahl: Do not disturb for 17 min." */
export function question({ name, state }: CallBar, now: number): string {
  const since = state.is === 'asking' && state.since !== null ? Date.parse(state.since) : null;
  if (since === null || now - since < MINUTE) return text('callBar.doNotDisturb', { name });
  return text('callBar.doNotDisturbFor', { name, time: duration(since, now) });
}

/** True if the states of the called person are shown: before they answer, and before another try. */
export function showsStates(state: CallState): boolean {
  switch (state.is) {
    case 'asking':
    case 'dialling':
    case 'ringing':
    case 'ended':
    case 'failed':
      return true;
    case 'connected':
    case 'lost':
    case 'hangingUp':
      return false;
  }
}

/** The line under the name; `time` is how long it has been ringing or connected. */
export function callLine({ number, digits, state }: CallBar, time: string): string {
  switch (state.is) {
    case 'asking':
      return text('callBar.ask');
    case 'dialling':
      return text('callBar.dialling', { number });
    case 'ringing':
      return text('callBar.ringing', { time, number });
    case 'connected':
      return digits === null ? text('callBar.connected', { time }) : text('callBar.connectedSent', { time, digits });
    case 'lost':
      return state.sentence;
    case 'hangingUp':
      return text('callBar.hangingUp');
    case 'ended':
      return state.seconds === null
        ? text('callBar.ended')
        : text('callBar.endedAfter', { time: counter(state.seconds) });
    case 'failed':
      return state.sentence;
  }
}

/** The same for a screen reader, without the time, so that it is read at a change only. A question is read with its button. */
export function spokenCall(call: CallBar): string {
  const { name, state, hint } = call;
  const spoken = (words: string) => text('callBar.spoken', { name, state: words });
  const words = () => {
    switch (state.is) {
      case 'asking':
        return '';
      case 'ringing':
        return spoken(text('callBar.spokenRinging'));
      case 'connected':
        return spoken(text('callBar.spokenConnected'));
      case 'dialling':
      case 'lost':
      case 'hangingUp':
      case 'ended':
      case 'failed':
        return spoken(callLine(call, ''));
    }
  };
  return hint === null ? words() : `${words().replace(/\.$/, '')}. ${hint}`;
}

/** True while there is a call to hang up. */
export function isLive(call: CallBar | null): boolean {
  return call !== null && ['dialling', 'ringing', 'connected', 'lost'].includes(call.state.is);
}

// The made-up foot of the drawer: its counts, and the cards of the health page.
import type { Counts } from '../src/bindings/Counts';
import type { HealthCard } from '../src/bindings/HealthCard';
import { ago } from './people';

export function counts(listed: number, known: number, changes: Partial<Counts> = {}): Counts {
  return {
    listed,
    known,
    loading: false,
    offlineHidden: false,
    found: null,
    leftOut: listed === 300 ? known - listed : 0,
    grouped: false,
    asked: { is: 'notAsked' },
    ...changes,
  };
}

export const CARDS: HealthCard[] = [
  {
    level: 'problem',
    title: 'Connect',
    text: 'ConnectPath is not logged in. Your Connect status is unknown.',
    details: null,
    cause: null,
    asOf: { is: 'seen', at: ago(8) },
    button: { label: 'Log in', action: 'connectLogin', kind: 'primary' },
  },
  {
    level: 'warning',
    title: 'Teams',
    text: 'Microsoft has a problem. The app tries again automatically.',
    details: 'Microsoft Graph has a problem (status 503).',
    cause: null,
    asOf: { is: 'seen', at: ago(2) },
    button: null,
  },
  {
    level: 'ok',
    title: 'Directory',
    text: '4,812 people with a Teams licence besides you. Full list at 13:41, next at 14:41.',
    details: null,
    cause: null,
    asOf: { is: 'read', at: ago(25) },
    button: { label: 'Refresh', action: 'refreshPeople', kind: 'secondary' },
  },
  {
    level: 'ok',
    title: 'Teams Login',
    text: 'Authorized as priya.raman@contoso.com.',
    details: null,
    cause: null,
    asOf: null,
    button: null,
  },
];

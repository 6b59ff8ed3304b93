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
    asOf: ago(8),
    button: { label: 'Log in', action: 'connectLogin' },
  },
  {
    level: 'warning',
    title: 'Teams',
    text: 'Slowed by Microsoft. Colleagues are 2 min old; your own status is live.',
    asOf: ago(2),
    button: null,
  },
  {
    level: 'ok',
    title: 'Directory',
    text: '4,812 people with a Teams licence. Full list at 13:41, next at 14:41.',
    asOf: ago(25),
    button: { label: 'Refresh', action: 'refreshPeople' },
  },
  { level: 'ok', title: 'Teams Login', text: 'Authorized as priya.raman@contoso.com.', asOf: null, button: null },
];

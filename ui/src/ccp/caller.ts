// The details of a call besides its state: the attributes of the contact flow, the queue, the dialled number. Each may be missing
// or throw, without affecting the others. Pure.
import type { Connection, Contact } from './streams';

/** The attributes of a contact flow that are read (`docs/direct-dial`). No other attribute leaves the page. */
const NAMES = [
  'callerName',
  'callerEntraId',
  'callerSource',
  'dialledExtension',
  'dialledFor',
  'fallbackReason',
] as const;

export type WireAttributes = Partial<Record<(typeof NAMES)[number], string>>;

/** Named as the fields of `WireContact` in `crates/connect/src/message.rs`. */
export interface WireCaller {
  attributes: WireAttributes | null;
  queue: { arn: string; name: string | null } | null;
  dialled: string | null;
  transferred: boolean;
}

/** In characters. */
const LONGEST_TEXT = 128;
const LONGEST_ARN = 256;
const LONGEST_NUMBER = 64;

const TRANSFERS = ['transfer', 'queue_transfer'];

/** True for a contact that is a telephone call. */
export function isCall(contact: Contact): boolean {
  const type = contact.getType();
  return type === 'voice' || type === 'queue_callback';
}

/** The details of the call. `threw` is called for each part that could not be read. */
export function caller(contact: Contact, threw: (error: unknown) => void): WireCaller {
  const part = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      threw(error);
      return null;
    }
  };
  return {
    attributes: part(() => attributes(contact)),
    queue: part(() => queue(contact)),
    dialled: part(() => dialled(contact)),
    transferred: part(() => TRANSFERS.includes(contact.getInitiationMethod() ?? '')) ?? false,
  };
}

function attributes(contact: Contact): WireAttributes | null {
  const all = contact.getAttributes();
  if (!all) return null;
  const found = NAMES.flatMap((name): [string, string][] => {
    const value: unknown = Object.hasOwn(all, name) ? all[name]?.value : null;
    return typeof value === 'string' && value !== '' ? [[name, cut(value, LONGEST_TEXT)]] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}

function queue(contact: Contact): WireCaller['queue'] {
  const { queueARN, name } = contact.getQueue() ?? {};
  if (typeof queueARN !== 'string' || queueARN === '') return null;
  return { arn: cut(queueARN, LONGEST_ARN), name: typeof name === 'string' ? cut(name, LONGEST_TEXT) : null };
}

function dialled(contact: Contact): string | null {
  const number = contact.getConnectSystemEndpoint()?.phoneNumber;
  // As `Endpoint.stripPhoneNumber` of the library, which this one need not be.
  return typeof number === 'string' ? whole(number.replace(/sip:([^@]*)@.*/, '$1')) : null;
}

/** The other side's number. */
export function remoteNumber(connection: Connection): string | null {
  return whole(connection.getEndpoint().stripPhoneNumber());
}

// A number that is too long is dropped; the rest of the message must be kept.
function whole(number: string): string | null {
  return number !== '' && number.length <= LONGEST_NUMBER ? number : null;
}

/** The beginning of a text, whole characters only. */
export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : Array.from(text).slice(0, longest).join('');
}

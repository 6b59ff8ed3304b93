// Why an order was not carried out, in the words of the wire. The sentences of Streams and of the service may name
// numbers, accounts and contacts: no digit of them leaves this page.

/** Named as `WireFailure` in `crates/connect/src/message.rs`. */
export interface WireFailure {
  code: 'stale' | 'noAgent' | 'badNumber' | 'refused' | 'timedOut';
  text: string;
}

const LONGEST = 200;

/** The order holds for a state that is not the present one. */
export const STALE: WireFailure = { code: 'stale', text: '' };

/** Streams has no agent, or none that it hears of. */
export const NO_AGENT: WireFailure = { code: 'noAgent', text: '' };

/** What Streams says about a failure. */
export function failure(error: unknown): WireFailure {
  const { type, message } = parts(error);
  const text = shortened(message || type);
  if (type === 'BadEndpointException') return { code: 'badNumber', text };
  // The word of the library for an answer that did not come; the service has none.
  if (error instanceof Error && message.includes('timed out')) return { code: 'timedOut', text };
  return { code: 'refused', text };
}

function parts(error: unknown): { type: string; message: string } {
  if (typeof error === 'string') {
    const read = parsed(error);
    return read === null ? { type: error, message: error } : parts(read);
  }
  if (typeof error !== 'object' || error === null) return { type: '', message: '' };
  const { type, message } = error as { type?: unknown; message?: unknown };
  return { type: typeof type === 'string' ? type : '', message: typeof message === 'string' ? message : '' };
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function shortened(text: string): string {
  const bare = text.replace(/\+?\p{N}+(?:[\s()./-]*\p{N}+)*/gu, '…');
  return Array.from(bare).slice(0, LONGEST).join('');
}

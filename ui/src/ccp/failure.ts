// Why an order was not carried out, as a code of the wire. The messages of Streams and of the service may contain numbers,
// accounts and contacts: no digit of them leaves this page, and the rest is only for the log.

/** Named as `WireFailure` in `crates/connect/src/message.rs`. */
export interface WireFailure {
  code:
    | 'stale'
    | 'noAgent'
    | 'badNumber'
    | 'numberNotAllowed'
    | 'wrongState'
    | 'limit'
    | 'notAllowed'
    | 'loggedOut'
    | 'invalid'
    | 'noQueue'
    | 'notFound'
    | 'unavailable'
    | 'timedOut'
    | 'refused';
  text: string;
}

const LONGEST = 200;

/** The order is for a state that is not the current one. */
export const STALE: WireFailure = { code: 'stale', text: '' };

/** Streams has no agent, or no connection to it. */
export const NO_AGENT: WireFailure = { code: 'noAgent', text: '' };

/** No queue is named, and the routing profile has none to call out on: Streams would throw. */
export const NO_QUEUE: WireFailure = { code: 'noQueue', text: '' };

/** No answer came within our own time limit. */
export const TIMED_OUT: WireFailure = { code: 'timedOut', text: '' };

/**
 * The names of failures: those of `connect.CTIExceptions` (amazon-connect-streams 2.28.2), and those of the public API for
 * the same failures (botocore 1.44, `connect` 2017-08-08: StartOutboundVoiceContact, PutUserStatus, DismissUserContact,
 * StopContact), in case the service behind Streams uses them.
 */
const CODES: Readonly<Record<string, WireFailure['code']>> = {
  BadEndpointException: 'badNumber',
  DestinationNotAllowedException: 'numberNotAllowed',
  OutboundContactNotPermittedException: 'notAllowed',
  AccessDeniedException: 'notAllowed',
  InvalidStateException: 'wrongState',
  ConflictException: 'wrongState',
  QuotaExceededException: 'limit',
  LimitExceededException: 'limit',
  ServiceQuotaExceededException: 'limit',
  ThrottlingException: 'limit',
  TooManyRequestsException: 'limit',
  UnauthorizedException: 'loggedOut',
  RefreshTokenExpiredException: 'loggedOut',
  InvalidParameterException: 'invalid',
  InvalidRequestException: 'invalid',
  ValidationException: 'invalid',
  InvalidAgentARNException: 'invalid',
  InvalidConfigurationException: 'invalid',
  InvalidContactTypeException: 'invalid',
  ResourceNotFoundException: 'notFound',
  ContactNotFoundException: 'notFound',
  InternalServiceException: 'unavailable',
  SendDataFailedException: 'unavailable',
  // Names of the AWS SDK inside the library: the request may have arrived.
  NetworkingError: 'unavailable',
  TimeoutError: 'timedOut',
};

/** The code by HTTP status, for an answer whose name is unknown. */
const STATUSES: Readonly<Record<number, WireFailure['code']>> = {
  401: 'loggedOut',
  403: 'notAllowed',
  404: 'notFound',
  429: 'limit',
  500: 'unavailable',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** Converts a failure of Streams. */
export function failure(error: unknown): WireFailure {
  const { type, message, status } = parts(error);
  const text = shortened(message || type);
  const code = (Object.hasOwn(CODES, type) ? CODES[type] : undefined) ?? STATUSES[status];
  if (code) return { code, text };
  // The library's message for an answer that did not arrive; the service has no name for it.
  if (error instanceof Error && message.includes('timed out')) return { code: 'timedOut', text };
  // An unknown type is kept for the log.
  return { code: 'refused', text: message && type && type !== message ? shortened(`${type}: ${message}`) : text };
}

interface Parts {
  type: string;
  message: string;
  status: number;
}

function parts(error: unknown): Parts {
  if (typeof error === 'string') {
    const read = parsed(error);
    return read === null ? { type: error, message: error, status: 0 } : parts(read);
  }
  if (typeof error !== 'object' || error === null) return { type: '', message: '', status: 0 };
  const { type, message, statusCode } = error as { type?: unknown; message?: unknown; statusCode?: unknown };
  return {
    type: typeof type === 'string' ? type : '',
    message: typeof message === 'string' ? message : '',
    status: typeof statusCode === 'number' ? statusCode : 0,
  };
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

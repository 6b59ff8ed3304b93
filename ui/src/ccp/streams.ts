// The part of amazon-connect-streams 2.28 that the host script uses, as types. The library's own types describe browser
// objects that cannot be built in a test.

/** A status that can be chosen (`Agent.getAgentStates()`). */
export interface Status {
  agentStateARN: string | null;
  name: string;
  type: string;
}

/** How the service answers. A failure is an error of the library, an object or its JSON, or a single word. */
export interface Callbacks {
  success(): void;
  failure(error?: unknown): void;
}

/** The other end of a call. */
export interface Endpoint {
  /** The number without its SIP address; empty if there is none. */
  stripPhoneNumber(): string;
}

export interface Connection {
  isOnHold(): boolean;
  getEndpoint(): Endpoint;
  destroy(callbacks: Callbacks): void;
  sendDigits(digits: string, callbacks: Callbacks): void;
}

/** A queue; the own queue of an agent has no name. */
export interface Queue {
  queueARN: string;
  name?: string | null;
}

export interface Contact {
  getContactId(): string;
  getType(): string;
  getState(): { type: string; timestamp: Date };
  isInbound(): boolean;
  /** How the contact began: `inbound`, `outbound`, `transfer`, `queue_transfer` and others. */
  getInitiationMethod(): string | null | undefined;
  getQueue(): Queue | null | undefined;
  /** The dialled number, as in the snapshot; not for a transfer, a callback or a monitored contact. */
  getConnectSystemEndpoint(): { phoneNumber?: string | null } | null | undefined;
  /** The attributes of the contact flow, by name. */
  getAttributes(): Readonly<Record<string, { name: string; value?: string | null }>> | null | undefined;
  /** Removes an ended contact from the agent's list; ends after contact work too. */
  clear(callbacks: Callbacks): void;
  /** The other side of the contact. */
  getInitialConnection(): Connection | null;
  /** The agent's own side. */
  getAgentConnection(): Connection | null | undefined;
}

export interface Agent {
  getName(): string;
  getConfiguration(): { username: string };
  getAgentStates(): readonly Status[];
  /** Read by a separate request; missing until that is answered. */
  getPermissions(): readonly string[] | null | undefined;
  /** Read by a separate request; missing until that is answered. */
  getDialableCountries(): readonly string[] | null | undefined;
  isSoftphoneEnabled(): boolean;
  getRoutingProfile(): { defaultOutboundQueue?: Queue | null } | null | undefined;
  /** The chosen status, also during a contact. The ARN may be missing, the name is not. */
  getAvailabilityState(): { state: string; agentStateARN?: string; timeStamp: Date } | null | undefined;
  /** The chosen status, or the state of a contact in its place. */
  getState(): Status;
  getNextState(): Status | null | undefined;
  getContacts(): readonly Contact[];
  /** Fires for every snapshot, before the finer events, which all come from the same one. */
  onRefresh(callback: (agent: Agent) => void): unknown;
  /** Chooses a status: at once, which the service refuses during a contact, or as the next status. */
  setState(status: Status, callbacks: Callbacks, options: { enqueueNextState: boolean }): void;
  /** Dials, on the default outbound queue unless one is named. Without a timeout, a lost answer is never reported. */
  connect(endpoint: Endpoint, options: Callbacks & { timeout: number; queueARN?: string }): void;
}

/** The global object of the library. */
export interface Streams {
  agent(callback: (agent: Agent) => void): unknown;
  core: {
    initCCP(container: HTMLElement, options: Readonly<Record<string, unknown>>): void;
    onAuthFail(callback: () => void): unknown;
    /** The service's clock minus this machine's, in ms. */
    getSkew(): number | undefined;
    /** When the worker read the last snapshot, by this machine's clock. Throws before there is one. */
    getLocalTimestamp(): unknown;
    getEventBus(): { subscribe(event: string, callback: () => void): unknown };
  };
  Endpoint: { byPhoneNumber(number: string): Endpoint };
  getLog(): { setEchoLevel(level: unknown): unknown };
  EventType: {
    ACKNOWLEDGE: string;
    ACK_TIMEOUT: string;
    TERMINATED: string;
    IFRAME_RETRIES_EXHAUSTED: string;
    ACCESS_DENIED: string;
    AUTHORIZE_RETRIES_EXHAUSTED: string;
    CTI_AUTHORIZE_RETRIES_EXHAUSTED: string;
  };
  AgentEvents: { WEBSOCKET_CONNECTION_LOST: string; WEBSOCKET_CONNECTION_GAINED: string };
  WebSocketEvents: { INIT_FAILURE: string };
  LogLevel: { CRITICAL: unknown };
}

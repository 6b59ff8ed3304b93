// The part of amazon-connect-streams 2.28 that the host script uses, as types. Written down here because the
// library's own types describe browser objects that cannot be built in a test.

/** A status that can be chosen (`Agent.getAgentStates()`). */
export interface Status {
  agentStateARN: string | null;
  name: string;
  type: string;
}

export interface Contact {
  getContactId(): string;
  getType(): string;
  getState(): { type: string; timestamp: Date };
  isInbound(): boolean;
  getInitialConnection(): { isOnHold(): boolean } | null;
}

export interface Agent {
  getName(): string;
  getConfiguration(): { username: string };
  getAgentStates(): readonly Status[];
  /** The chosen status, whatever contacts make of it. The ARN is not always there; the name is. */
  getAvailabilityState(): { state: string; agentStateARN?: string; timeStamp: Date } | null | undefined;
  getNextState(): Status | null | undefined;
  getContacts(): readonly Contact[];
  /** Fires for every snapshot, before the finer events, which all come from the same one. */
  onRefresh(callback: (agent: Agent) => void): unknown;
}

/** The global that the library makes. */
export interface Streams {
  agent(callback: (agent: Agent) => void): unknown;
  core: {
    initCCP(container: HTMLElement, options: Readonly<Record<string, unknown>>): void;
    onAuthFail(callback: () => void): unknown;
    /** The service's clock minus this machine's, in ms. */
    getSkew(): number | undefined;
    getEventBus(): { subscribe(event: string, callback: () => void): unknown };
  };
  getLog(): { setEchoLevel(level: unknown): unknown };
  EventType: { ACK_TIMEOUT: string; TERMINATED: string; IFRAME_RETRIES_EXHAUSTED: string };
  LogLevel: { CRITICAL: unknown };
}

// The script of the hidden CCP window. Rust wraps it, after the untouched Streams library, into one initialization
// script of the top frame; `CONFIG` and `connect` are in scope there. It replaces the page by an empty one that frames
// the CCP without media, reports to Rust what Streams reports, and carries out the orders of Rust. It writes no log:
// contacts are private.
import { showsLogin } from './frame';
import type { Message } from './message';
import type { Order } from './orders';
import { Session } from './session';
import type { Streams } from './streams';

declare const CONFIG: { ccpUrl: string; token: string };
declare const connect: Streams;

interface Internals {
  invoke(command: 'ccp_event', payload: { token: string; message: string }): Promise<unknown>;
}

// A login page may redirect back within this time, in ms.
const REDIRECT_TIME = 5000;

const tauri = (window as unknown as { __TAURI_INTERNALS__: Internals }).__TAURI_INTERNALS__;

function send(message: Message): void {
  // A refusal cannot be reported: it comes from the only receiver.
  tauri.invoke('ccp_event', { token: CONFIG.token, message: JSON.stringify(message) }).catch(() => undefined);
}

// Built node by node: the page may forbid HTML from text (Trusted Types).
function barePage(): HTMLElement {
  const container = document.createElement('div');
  container.style.width = '320px';
  container.style.height = '465px';
  const body = document.createElement('body');
  body.append(container);
  document.documentElement.replaceChildren(document.createElement('head'), body);
  return container;
}

function start(): void {
  const container = barePage();
  const session = new Session(connect, send);
  send({ kind: 'hostReady' });
  Object.defineProperty(window, '__ccp', {
    value: (order: Order) => {
      session.order(order);
    },
  });

  connect.getLog().setEchoLevel(connect.LogLevel.CRITICAL);
  connect.core.initCCP(container, {
    ccpUrl: CONFIG.ccpUrl,
    // The person logs in in a separate window.
    loginPopup: false,
    // Without this, Streams does not report that the frame no longer answers after its first answer.
    loginOptions: { enableAckTimeout: true },
    // Streams also reloads a slow CCP at this interval.
    ccpLoadTimeout: 20_000,
    // Each SYN wakes the page, the frame and its worker; for Rust, a frame is dead only after 90 s.
    ccpSynTimeout: 10_000,
    ccpAckTimeout: 5000,
    // No media: the audio is in ConnectPath or on the desk phone.
    softphone: { allowFramedSoftphone: false, disableRingtone: true },
    pageOptions: { showInactivityModal: false },
  });

  const showsLoginNow = () => showsLogin(container.querySelector('iframe'), CONFIG.ccpUrl);
  // Streams replaces the frame now and then; its events are captured here.
  const checkForLogin = () => {
    setTimeout(() => {
      if (showsLoginNow()) session.trouble('loginNeeded');
    }, REDIRECT_TIME);
  };
  container.addEventListener('load', checkForLogin, true);

  const bus = connect.core.getEventBus();
  const { EventType, AgentEvents, WebSocketEvents } = connect;
  connect.core.onAuthFail(() => {
    session.trouble('loginNeeded');
  });
  bus.subscribe(EventType.ACKNOWLEDGE, () => {
    session.acknowledged();
  });
  bus.subscribe(EventType.ACK_TIMEOUT, () => {
    session.trouble(showsLoginNow() ? 'loginNeeded' : 'ackTimeout');
  });
  bus.subscribe(EventType.IFRAME_RETRIES_EXHAUSTED, () => {
    session.trouble(showsLoginNow() ? 'loginNeeded' : 'retriesExhausted');
  });
  bus.subscribe(EventType.TERMINATED, () => {
    session.trouble('terminated');
  });
  bus.subscribe(EventType.ACCESS_DENIED, () => {
    session.stopped('accessDenied');
  });
  bus.subscribe(EventType.AUTHORIZE_RETRIES_EXHAUSTED, () => {
    session.stopped('authorizeRetriesExhausted');
  });
  bus.subscribe(EventType.CTI_AUTHORIZE_RETRIES_EXHAUSTED, () => {
    session.stopped('ctiAuthorizeRetriesExhausted');
  });
  bus.subscribe(WebSocketEvents.INIT_FAILURE, () => {
    session.stopped('initFailure');
  });
  bus.subscribe(AgentEvents.WEBSOCKET_CONNECTION_GAINED, () => {
    session.socket(true);
  });
  bus.subscribe(AgentEvents.WEBSOCKET_CONNECTION_LOST, () => {
    session.socket(false);
  });
  connect.agent((agent) => {
    agent.onRefresh((refreshed) => {
      session.changed(refreshed);
    });
    session.changed(agent);
  });
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start, { once: true });
else start();

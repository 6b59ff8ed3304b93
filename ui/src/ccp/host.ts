// The script of the hidden CCP window. Rust wraps it, after the untouched Streams library, into one initialization
// script of the top frame; `CONFIG` and `connect` are in scope there. It replaces the page by a bare one that frames
// the CCP without media, and tells Rust what Streams tells, and Streams what Rust orders. It writes no
// log: contacts are private.
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

const tauri = (window as unknown as { __TAURI_INTERNALS__: Internals }).__TAURI_INTERNALS__;

function send(message: Message): void {
  // A refusal cannot be told to anybody else than the one who refused.
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
    // The person logs in in a window of its own.
    loginPopup: false,
    ccpLoadTimeout: 5000,
    ccpSynTimeout: 1000,
    ccpAckTimeout: 5000,
    // No media: ConnectPath, or the desk phone, carries the sound.
    softphone: { allowFramedSoftphone: false, disableRingtone: true },
    pageOptions: { showInactivityModal: false },
  });

  const bus = connect.core.getEventBus();
  const { ACK_TIMEOUT, IFRAME_RETRIES_EXHAUSTED, TERMINATED } = connect.EventType;
  connect.core.onAuthFail(() => {
    session.trouble('loginNeeded');
  });
  bus.subscribe(ACK_TIMEOUT, () => {
    session.trouble(showsLogin(container.querySelector('iframe'), CONFIG.ccpUrl) ? 'loginNeeded' : 'ackTimeout');
  });
  bus.subscribe(IFRAME_RETRIES_EXHAUSTED, () => {
    session.trouble('retriesExhausted');
  });
  bus.subscribe(TERMINATED, () => {
    session.trouble('terminated');
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

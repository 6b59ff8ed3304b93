// The sandbox's agent panel against the untouched Streams library: what the library's getters yield of every kind of
// call, and what clearing a contact asks of the panel. The snapshots are those of crates/sandbox, which checks them.
import { readFileSync } from 'node:fs';

import { beforeAll, beforeEach, expect, it, vi } from 'vitest';

interface Endpoint {
  phoneNumber: string | null;
}
interface Contact {
  getContactId: () => string;
  getType: () => string;
  getState: () => { type: string; timestamp: Date };
  isInbound: () => boolean;
  getInitiationMethod: () => string;
  getAttributes: () => Record<string, { value: string }>;
  getQueue: () => { name: string | null; queueARN: string };
  getCustomerEndpoint: () => Endpoint;
  getConnectSystemEndpoint: () => Endpoint | null;
  getInitialConnection: () => { getEndpoint: () => { stripPhoneNumber: () => string } };
  clear: (callbacks: { success: () => void; failure: (error: string) => void }) => void;
}
interface Agent {
  getState: () => { name: string; type: string };
  getAvailabilityState: () => { state: string };
  getContacts: () => Contact[];
}
interface Library {
  core: { initCCP: (container: HTMLElement, params: object) => void; initialized: boolean };
  Agent: new () => Agent;
  agent: (callback: () => void) => void;
}
interface Scene {
  what: string;
  update: object;
}
type Panel = Window & { eval: (script: string) => void; EventSource: unknown; fetch: unknown };
type Host = Window & typeof globalThis & { eval: (script: string) => void; connect: Library };

const SCENES = JSON.parse(readFileSync('../crates/sandbox/tests/streams/snapshots.json', 'utf8')) as Scene[];
const PAGE = readFileSync('../crates/sandbox/src/pages/ccp.html', 'utf8');

const feed = new Map<string, (event: { data: string }) => void>();
const asked: unknown[] = [];
let answer = { data: {}, err: null as string | null };
let library: Library;

/** A message goes to another window only after everything that came before it. */
const delivered = () => new Promise((resolve) => setTimeout(resolve));

/** The panel says what the sandbox said, and the library has taken it in. */
async function play(what: string): Promise<Agent> {
  const scene = SCENES.find((scene) => scene.what === what);
  if (!scene) throw new Error(`There is no scene "${what}"`);
  feed.get('agent')?.({ data: JSON.stringify(scene.update) });
  await delivered();
  return new library.Agent();
}

function only(agent: Agent): Contact {
  const [contact, ...more] = agent.getContacts();
  if (!contact || more.length > 0) throw new Error(`${agent.getContacts().length} contacts`);
  return contact;
}

// The window itself: vitest's global object is a copy.
const { window: host } = (globalThis as unknown as { jsdom: { window: Host } }).jsdom;

// The library writes a lot about itself.
function silence() {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(host.console, level).mockImplementation(() => undefined);
  }
}

beforeEach(silence);

beforeAll(async () => {
  silence();
  host.eval(readFileSync('node_modules/amazon-connect-streams/release/connect-streams.js', 'utf8'));
  library = host.connect;
  const container = host.document.body.appendChild(host.document.createElement('div'));
  library.core.initCCP(container, {
    ccpUrl: 'https://contoso.example/ccp-v2/',
    loginPopup: false,
    softphone: { allowFramedSoftphone: false },
  });

  const frame = container.querySelector('iframe');
  const panel = frame?.contentWindow as Panel;
  const deliver = (to: Window, source: Window) => {
    to.postMessage = (data: unknown) => {
      setTimeout(() => to.dispatchEvent(new host.MessageEvent('message', { data, source })));
    };
  };
  deliver(host, panel);
  deliver(panel, host);
  // Nothing is loaded here, so that the frame's document is an empty one.
  const root = panel.document.createElement('html');
  root.innerHTML = '<p id="state"></p><p id="contact"></p>';
  panel.document.replaceChildren(root);
  panel.EventSource = class {
    addEventListener(event: string, callback: (event: { data: string }) => void) {
      feed.set(event, callback);
    }
  };
  panel.fetch = (_url, init) => {
    const request = JSON.parse(init?.body as string) as { method: string };
    if (!request.method.startsWith('send')) asked.push(request);
    return Promise.resolve(Response.json(answer));
  };
  panel.eval(/<script>([\s\S]*)<\/script>/.exec(PAGE)?.[1] ?? '');
  await play('A queued callback is offered.');
  await delivered();
});

it('reports a direct caller with the unnamed agent queue and the attributes of the flow', async () => {
  const contact = only(await play('A colleague calls directly, with what the flow says.'));
  expect(contact.getAttributes().callerName?.value).toBe('Grace Holloway');
  expect(contact.getAttributes().dialledExtension?.value).toBe('');
  expect(contact.getQueue().name).toBeNull();
  expect(contact.getQueue().queueARN).toContain('/queue/agent/');
  expect(contact.getConnectSystemEndpoint()?.phoneNumber).toBe('+441632960400');
  expect(contact.getInitialConnection().getEndpoint().stripPhoneNumber()).toBe('+441632960021');
  expect([contact.getInitiationMethod(), contact.isInbound()]).toEqual(['inbound', true]);
});

it('reports "anonymous" for a caller who withholds the number', async () => {
  const contact = only(await play('An anonymous caller in Billing.'));
  expect(contact.getInitialConnection().getEndpoint().stripPhoneNumber()).toBe('anonymous');
  expect(contact.getCustomerEndpoint().phoneNumber).toBe('sip:anonymous@anonymous.invalid');
  expect(contact.getQueue().name).toBe('Billing');
});

it('reports no dialled number for a call that was transferred to a queue', async () => {
  const contact = only(await play('A call that was transferred to a queue.'));
  expect(contact.getConnectSystemEndpoint()).toBeNull();
  expect([contact.getInitiationMethod(), contact.isInbound()]).toEqual(['queue_transfer', true]);
});

it('has several contacts, of which one is connected', async () => {
  const agent = await play('Two calls ring, beside a chat.');
  const each = agent
    .getContacts()
    .map((contact) => [contact.getType(), contact.getState().type, contact.getInitiationMethod()]);
  expect(each).toEqual([
    ['chat', 'connected', 'inbound'],
    ['voice', 'connecting', 'inbound'],
    ['voice', 'connecting', 'transfer'],
  ]);
  expect(agent.getState().name).toBe('Busy');
});

it('offers a queued callback', async () => {
  const agent = await play('A queued callback is offered.');
  expect([only(agent).getType(), only(agent).getState().type, agent.getState().name]).toEqual([
    'queue_callback',
    'incoming',
    'Pending',
  ]);
});

it('is in an error state after a missed call, an engaged line, and without a contact', async () => {
  for (const [what, contacts, name] of [
    ['A missed call.', ['missed'], 'MissedCallAgent'],
    ['A missed call whose contact is in error.', ['error'], 'MissedCallAgent'],
    ['A dialled call to an engaged line.', ['error'], 'LineEngagedCustomer'],
    ['The panel is open twice.', [], 'MultipleCcpWindows'],
  ] as const) {
    const agent = await play(what);
    expect(agent.getContacts().map((contact) => contact.getState().type)).toEqual(contacts);
    expect(agent.getState()).toMatchObject({ name, type: 'error' });
    expect(agent.getAvailabilityState().state).toBe('Available');
  }
});

it('clears a missed contact by one request, and reports a refusal', async () => {
  const contact = only(await play('A missed call.'));
  const cleared = (contact: Contact) =>
    new Promise((success, failure) => {
      contact.clear({
        success: () => {
          success('cleared');
        },
        failure,
      });
    });
  await expect(cleared(contact)).resolves.toBe('cleared');
  expect(asked).toEqual([{ method: 'clearContact', params: { contactId: 'contact-1' } }]);
  answer = {
    data: {},
    err: JSON.stringify({ type: 'ResourceNotFoundException', message: 'The agent has no such contact.' }),
  };
  await expect(cleared(contact)).rejects.toContain('ResourceNotFoundException');
});

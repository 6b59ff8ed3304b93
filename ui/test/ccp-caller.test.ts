// What the page says of a call besides its state.
import { describe, expect, it } from 'vitest';

import { read } from '../src/ccp/message';
import type { Contact } from '../src/ccp/streams';
import { agent, contact } from './streams';

/** What is said of this contact, and how often something was thrown meanwhile. */
function said(changes: Partial<Contact>, state = 'connecting') {
  const thrown: unknown[] = [];
  const reading = read(agent({ contacts: [contact(state, changes)] }), (error) => thrown.push(error));
  return { contact: reading?.contacts[0], thrown };
}

const named = (attributes: Record<string, string>) => () =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { name, value }]));

const QUEUE = 'arn:aws:connect:eu-west-2:000000000000:instance/i/queue/agent/u';

describe('a call', () => {
  it('has six attributes and no other', () => {
    const six = {
      callerName: 'Grace Holloway',
      callerEntraId: '8f14e45f-ceea-467f-9d1c-0123456789ab',
      callerSource: 'teams',
      dialledExtension: '4025',
      dialledFor: 'Anders Dahl',
      fallbackReason: 'notStaffed',
    };
    const all = named({ ...six, account: 'private', constructor: 'odd' });
    expect(said({ getAttributes: all }).contact?.attributes).toEqual(six);
    expect(said({ getAttributes: named({ account: 'private' }) }).contact?.attributes).toBeNull();
    expect(said({ getAttributes: named({ callerName: '' }) }).contact?.attributes).toBeNull();
  });

  it('has each attribute cut to 128 whole characters', () => {
    const { attributes } = said({ getAttributes: named({ callerName: '📞'.repeat(200) }) }).contact ?? {};
    expect(attributes?.callerName).toBe('📞'.repeat(128));
  });

  it('ignores an attribute of another type', () => {
    const odd = { callerName: 'Grace', callerSource: { name: 'callerSource' }, dialledFor: { value: 7 } };
    const getAttributes = () => odd as unknown as ReturnType<Contact['getAttributes']>;
    expect(said({ getAttributes }).contact?.attributes).toBeNull();
  });

  it('has the ARN of its queue, and the name if there is one', () => {
    const of = (queue: ReturnType<Contact['getQueue']>) => said({ getQueue: () => queue }).contact?.queue;
    expect(of({ queueARN: QUEUE, name: null })).toEqual({ arn: QUEUE, name: null });
    expect(of({ queueARN: QUEUE, name: 'Billing' })).toEqual({ arn: QUEUE, name: 'Billing' });
    expect(of({ queueARN: '' })).toBeNull();
    expect(of(null)).toBeNull();
  });

  it('has the dialled number, without its SIP address', () => {
    const of = (phoneNumber: string) => said({ getConnectSystemEndpoint: () => ({ phoneNumber }) }).contact?.dialled;
    expect(of('+441632960777')).toBe('+441632960777');
    expect(of('sip:+441632960777@contoso.com')).toBe('+441632960777');
    expect(of('')).toBeNull();
    expect(of('1'.repeat(65))).toBeNull();
  });

  it('shows that it was transferred', () => {
    const of = (method: string | null) => said({ getInitiationMethod: () => method }).contact?.transferred;
    expect(['transfer', 'queue_transfer'].map(of)).toEqual([true, true]);
    expect(['inbound', 'outbound', 'callback', null].map(of)).toEqual([false, false, false, false]);
  });

  it('lacks only the parts that cannot be read', () => {
    const throws = () => {
      throw new TypeError('no data');
    };
    const whole: Partial<Contact> = {
      getAttributes: named({ callerName: 'Grace' }),
      getQueue: () => ({ queueARN: QUEUE }),
      getConnectSystemEndpoint: () => ({ phoneNumber: '+441632960777' }),
      getInitiationMethod: () => 'transfer',
    };
    const parts = { attributes: null, queue: null, dialled: null, transferred: false };
    const gets = ['getAttributes', 'getQueue', 'getConnectSystemEndpoint', 'getInitiationMethod'] as const;
    const rest = said(whole);
    expect(rest.thrown).toEqual([]);
    gets.forEach((get, index) => {
      const { contact: found, thrown } = said({ ...whole, [get]: throws });
      const lost = Object.entries(parts)[index] ?? [];
      expect(found).toEqual({ ...rest.contact, [String(lost[0])]: lost[1] });
      expect(thrown).toHaveLength(1);
    });
  });

  it('is the only contact with these details', () => {
    const of = (type: string) => Object.keys(said({ getType: () => type }).contact ?? {});
    for (const type of ['chat', 'task', 'email']) expect(of(type)).not.toContain('attributes');
    expect(of('queue_callback')).toContain('attributes');
  });
});

describe('the error of the agent', () => {
  it('is the name of the state if that is an error', () => {
    const of = (name: string, type: string) => {
      const state = { agentStateARN: null, name, type };
      return read(agent({ state }), () => undefined)?.error;
    };
    expect(of('LineEngagedCustomer', 'error')).toBe('LineEngagedCustomer');
    expect(of('Busy', 'system')).toBeNull();
    expect(of('x'.repeat(100), 'error')).toHaveLength(64);
  });
});

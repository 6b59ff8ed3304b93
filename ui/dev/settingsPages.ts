// The pages with settings in the states that they can be in.
import type { Control } from '../src/bindings/Control';
import type { Controls } from '../src/bindings/Controls';
import type { NumberControl } from '../src/bindings/NumberControl';

const LOCKED = 'Set by your administrator.';

function control<T>(value: T): Control<T> {
  return { value, locked: null, problem: null };
}

function number(value: number, usual: number, least: number, most: number): NumberControl {
  return { ...control(value), default: usual, least, most };
}

/** Everything as it is without a settings file. */
export const CONTROLS: Controls = {
  blocked: null,
  restart: null,
  startWithSystem: control(false),
  theme: control('system'),
  notifications: control('all'),
  proxy: control<string | null>(null),
  proxyUser: control<string | null>(null),
  bypass: control('localhost, 127.0.0.0/8, ::1'),
  usualBypass: 'localhost, 127.0.0.0/8, ::1',
  proxyPassword: null,
  dryRun: control(false),
  hold: number(15, 15, 0, 3600),
  restoreIdle: number(5, 5, 1, 720),
  heldFor: number(12, 12, 1, 72),
  statusMessage: control('off'),
  drawerLimit: number(300, 300, 0, 1_000_000),
  drawerCompact: control(false),
  drawerPhotos: control(true),
  drawerCache: control(true),
  region: control<string | null>('GB'),
  regions: ['AT', 'AX', 'CI', 'DE', 'GB', 'US'],
  queue: control<string | null>(null),
  recentCalls: number(50, 50, 0, 500),
  recentCallsOn: 50,
};

/** All that the policy can set, set by it. */
const ALL_LOCKED: Controls = {
  ...CONTROLS,
  startWithSystem: { ...CONTROLS.startWithSystem, value: true, locked: LOCKED },
  theme: { ...CONTROLS.theme, locked: LOCKED },
  notifications: { ...CONTROLS.notifications, locked: LOCKED },
  proxy: { ...CONTROLS.proxy, value: 'http://proxy.contoso.com:8080', locked: LOCKED },
  proxyUser: { ...CONTROLS.proxyUser, value: 'agents', locked: LOCKED },
  bypass: { ...CONTROLS.bypass, value: 'contoso.com, 10.0.0.0/8', locked: LOCKED },
  dryRun: { ...CONTROLS.dryRun, locked: LOCKED },
  hold: { ...CONTROLS.hold, value: 20, locked: LOCKED },
  restoreIdle: { ...CONTROLS.restoreIdle, locked: LOCKED },
  heldFor: { ...CONTROLS.heldFor, locked: LOCKED },
  statusMessage: { ...CONTROLS.statusMessage, value: 'number', locked: LOCKED },
  drawerLimit: { ...CONTROLS.drawerLimit, locked: LOCKED },
  drawerCompact: { ...CONTROLS.drawerCompact, locked: LOCKED },
  drawerPhotos: { ...CONTROLS.drawerPhotos, locked: LOCKED },
  drawerCache: { ...CONTROLS.drawerCache, locked: LOCKED },
  region: { ...CONTROLS.region, locked: LOCKED },
  queue: { ...CONTROLS.queue, value: 'arn:aws:connect:eu-west-2:111122223333:instance/a/queue/b', locked: LOCKED },
  recentCalls: { ...CONTROLS.recentCalls, value: 0, locked: LOCKED },
};

const REFUSED = 'The settings file was changed in the meantime. Nothing was saved.';

export const STATES = {
  normal: CONTROLS,
  locked: ALL_LOCKED,
  broken: {
    ...CONTROLS,
    blocked: {
      sentence:
        '/home/priya/.config/connectpath-teams/settings.toml, line 3: sync.hold must be a whole number, not text.',
      isOwnFile: true,
    },
  },
  brokenPolicy: {
    ...CONTROLS,
    blocked: { sentence: '/etc/connectpath-teams/policy.toml: others can write this file.', isOwnFile: false },
  },
  refused: {
    ...CONTROLS,
    startWithSystem: {
      ...CONTROLS.startWithSystem,
      locked: 'This copy uses its own data folder, so it does not start with the system.',
    },
    theme: { ...CONTROLS.theme, problem: REFUSED },
    proxy: {
      ...CONTROLS.proxy,
      problem:
        'network.proxy must not hold a password; leave it out and enter it in the settings window, which keeps it in the keyring. Nothing was saved.',
    },
    bypass: {
      ...CONTROLS.bypass,
      problem: 'network.bypass must have a star in front of a dot only: *.example.com. Nothing was saved.',
    },
    hold: { ...CONTROLS.hold, problem: REFUSED },
    dryRun: { ...CONTROLS.dryRun, problem: REFUSED },
    drawerLimit: { ...CONTROLS.drawerLimit, problem: REFUSED },
    drawerPhotos: { ...CONTROLS.drawerPhotos, problem: REFUSED },
    region: { ...CONTROLS.region, problem: 'There is no such country. Nothing was saved.' },
    queue: {
      ...CONTROLS.queue,
      problem: 'calls.queue must be the ARN of a queue, which starts with arn:. Nothing was saved.',
    },
  },
  proxy: {
    ...CONTROLS,
    restart: 'network.proxy will be used after a restart.',
    proxy: { ...CONTROLS.proxy, value: 'http://proxy.contoso.com:8080' },
    proxyUser: { ...CONTROLS.proxyUser, value: 'priya.raman' },
    proxyPassword: { isKnown: false, problem: null },
  },
  proxyPassword: {
    ...CONTROLS,
    proxy: { ...CONTROLS.proxy, value: 'http://proxy.contoso.com:8080' },
    proxyUser: { ...CONTROLS.proxyUser, value: 'priya.raman' },
    proxyPassword: { isKnown: true, problem: 'No keyring found. The password is used until you quit.' },
  },
  restart: { ...CONTROLS, restart: 'microsoft.tenant and connect.instance will be used after a restart.' },
} as const satisfies Record<string, Controls>;

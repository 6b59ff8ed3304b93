// Every state that a window can show has a scene, and so pictures in every theme. A new variant of a type of the view does
// not compile here until a scene is named for it.
import { expect, it } from 'vitest';

import type { Badge } from '../src/bindings/Badge';
import type { CallBack } from '../src/bindings/CallBack';
import type { CallState } from '../src/bindings/CallState';
import type { CallWay } from '../src/bindings/CallWay';
import type { DirectorySearch } from '../src/bindings/DirectorySearch';
import type { DoctorStatus } from '../src/bindings/DoctorStatus';
import type { DoneSign } from '../src/bindings/DoneSign';
import type { JoinOffer } from '../src/bindings/JoinOffer';
import type { Knob } from '../src/bindings/Knob';
import type { Level } from '../src/bindings/Level';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { Reason } from '../src/bindings/Reason';
import type { RecentCallBack } from '../src/bindings/RecentCallBack';
import type { RowMark } from '../src/bindings/RowMark';
import type { Section } from '../src/bindings/Section';
import type { SeenGlyph } from '../src/bindings/SeenGlyph';
import type { SettingsPage } from '../src/bindings/SettingsPage';
import type { SetupPage } from '../src/bindings/SetupPage';
import type { SetupSign } from '../src/bindings/SetupSign';
import type { SetupStep } from '../src/bindings/SetupStep';
import type { Stage } from '../src/bindings/Stage';
import type { View } from '../src/bindings/View';
import type { Waits } from '../src/bindings/Waits';
import { linesOf, viewOf } from '../dev/platform';
import { isWindow, type DrawerScene, type WindowScene } from '../dev/scene';
import { SCENES, sceneNamed, type SceneName } from '../dev/scenes';
import { looks, pictureName } from '../dev/screenshots/looks';
import { settingsPlatform } from '../dev/settings';

type Shown<T extends string> = Readonly<Record<T, SceneName>>;

function drawerScene(name: SceneName): DrawerScene {
  const scene = sceneNamed(name);
  if (!scene || isWindow(scene)) throw new Error(`${name} is no scene of the drawer`);
  return scene;
}

function windowScene(name: SceneName): WindowScene {
  const scene = sceneNamed(name);
  if (!scene || !isWindow(scene)) throw new Error(`${name} is no scene of the settings window`);
  return scene;
}

function people(name: SceneName): PersonLine[] {
  return linesOf(drawerScene(name)).flatMap((line) => (line.is === 'person' ? [line] : []));
}

/** Each state is in the scene that is named for it. */
async function expectShown<T extends string>(
  shown: Shown<T>,
  statesOf: (name: SceneName) => readonly unknown[] | Promise<readonly unknown[]>,
) {
  for (const [state, name] of Object.entries<SceneName>(shown)) {
    expect(await statesOf(name), `${state} in ${name}`).toContain(state);
  }
}

function ofView(states: (view: View) => readonly unknown[]) {
  return (name: SceneName) => states(viewOf(drawerScene(name)));
}

function ofSetup(states: (page: SetupPage) => readonly unknown[]) {
  return async (name: SceneName) => states(await settingsPlatform(windowScene(name)).setup());
}

it('shows each reason of the header', async () => {
  const shown: Shown<Reason['is']> = {
    notSetUp: 'notSetUp',
    waitsForLogin: 'firstLogin',
    off: 'off',
    dryRun: 'dryRun',
    paused: 'paused',
    stopped: 'otherPerson',
    offline: 'offline',
    notInStep: 'login',
    teamsNotKnown: 'teamsNotKnown',
    teamsFollows: 'dialling',
    connectFollows: 'connectFollows',
    asksSoon: 'asksSoon',
    settingTeams: 'loading',
    settingConnect: 'settingConnect',
    waitsForAnswer: 'waitsForAnswer',
    waitsForContact: 'waits',
    queued: 'queued',
    teamsDecides: 'incoming',
    teamsLeads: 'teamsLeads',
    noChange: 'noChange',
    heldByYou: 'drawer',
    masked: 'masked',
    maskedByTeams: 'maskedByTeams',
    inStep: 'inStep',
  };
  await expectShown(
    shown,
    ofView(({ own }) => [own.reason.is]),
  );
});

it('shows each stage of the set-up and the login', async () => {
  const shown: Shown<Stage['is']> = { notSetUp: 'notSetUp', loginNeeded: 'firstLogin', ready: 'drawer' };
  await expectShown(
    shown,
    ofView(({ stage }) => [stage.is]),
  );
});

it('shows each knob', async () => {
  const shown: Shown<Knob> = {
    both: 'drawer',
    connectToTeams: 'inStep',
    teamsToConnect: 'waits',
    off: 'off',
    notInStep: 'login',
    paused: 'paused',
  };
  await expectShown(
    shown,
    ofView(({ own }) => [own.knob]),
  );
});

it('shows each level in the foot, in banners and on the cards of the health page', async () => {
  const foot: Shown<Level> = {
    ok: 'drawer',
    reading: 'loading',
    warning: 'login',
    problem: 'health',
    offline: 'offline',
  };
  const banners: Shown<Level> = {
    ok: 'waitsForAnswer',
    reading: 'underWay',
    warning: 'renew',
    problem: 'login',
    offline: 'offline',
  };
  const cards: Shown<Exclude<Level, 'reading' | 'offline'>> = { ok: 'health', warning: 'health', problem: 'health' };
  await expectShown(
    foot,
    ofView(({ health }) => [health.level]),
  );
  await expectShown(
    banners,
    ofView(({ banner }) => [banner?.level]),
  );
  await expectShown(
    cards,
    ofView(({ health }) => health.cards.map(({ level }) => level)),
  );
});

it('shows each state of a call, and of a missed one', async () => {
  const calls: Shown<CallState['is']> = {
    asking: 'asking',
    dialling: 'dialling',
    ringing: 'ringing',
    connected: 'connected',
    lost: 'lost',
    hangingUp: 'hangingUp',
    ended: 'ended',
    failed: 'failed',
  };
  const missed: Shown<CallBack['is']> = {
    offered: 'missed',
    underWay: 'missedStates',
    failed: 'missedStates',
    no: 'missedStates',
  };
  await expectShown(
    calls,
    ofView(({ call }) => [call?.state.is]),
  );
  await expectShown(
    missed,
    ofView((view) => view.missed.map(({ callBack }) => callBack.is)),
  );
});

it('shows each answer of the directory', async () => {
  const shown: Shown<DirectorySearch['is']> = {
    notAsked: 'drawer',
    asking: 'searchEmpty',
    found: 'searchFound',
    nobody: 'searchNobody',
    noAnswer: 'searchNoAnswer',
  };
  await expectShown(
    shown,
    ofView(({ counts }) => [counts.asked.is]),
  );
});

it('shows each kind of row', async () => {
  const badges: Shown<Badge> = {
    available: 'sides',
    busy: 'sides',
    doNotDisturb: 'sides',
    away: 'sides',
    outOfOffice: 'drawer',
    offline: 'sides',
    unknown: 'sides',
  };
  const waits: Shown<Waits> = { no: 'sides', waiting: 'sides', free: 'sides' };
  const joins: Shown<JoinOffer['is']> = { propose: 'sides', confirmed: 'sides' };
  const sections: Shown<Section> = { favourites: 'drawer', everyone: 'drawer' };
  await expectShown(badges, (name) => people(name).map(({ badge }) => badge));
  await expectShown(waits, (name) => people(name).map((person) => person.waits));
  await expectShown(joins, (name) => people(name).map(({ join }) => join?.is));
  await expectShown(sections, (name) =>
    linesOf(drawerScene(name)).map((line) => (line.is === 'section' ? line.section : null)),
  );
});

it('shows each page of the settings window', async () => {
  const shown: Shown<SettingsPage> = {
    setup: 'setupEmpty',
    general: 'general',
    people: 'people',
    sync: 'sync',
    timeline: 'timeline',
    calls: 'calls',
    doctor: 'doctor',
    about: 'about',
  };
  await expectShown(shown, (name) => [windowScene(name).page]);
});

it('shows each step of the set-up, each sign of its checks, and each mark of its rows', async () => {
  const steps: Shown<SetupStep> = {
    registration: 'setupRegistration',
    instance: 'setupInstance',
    connectToTeams: 'setupForth',
    teamsToConnect: 'setupLoop',
    save: 'setupSave',
  };
  const signs: Shown<SetupSign> = {
    waiting: 'setupEmpty',
    checking: 'setupChecking',
    good: 'setupRegistration',
    warning: 'setupRegistration',
    failed: 'setupInstance',
  };
  const marks: Shown<RowMark> = { none: 'setupForth', loop: 'setupLoop', never: 'setupForth', unknown: 'setupForth' };
  await expectShown(
    steps,
    ofSetup(({ step }) => [step]),
  );
  await expectShown(
    signs,
    ofSetup(({ registration, instance }) => [...registration.checks, ...instance.checks].map(({ sign }) => sign)),
  );
  await expectShown(
    marks,
    ofSetup(({ connectToTeams, teamsToConnect }) =>
      [...connectToTeams.rows, ...teamsToConnect.rows].map(({ mark }) => mark),
    ),
  );
});

it('shows each kind of decision, of recent call, and of what doctor finds', async () => {
  const lines = async (name: SceneName) => (await settingsPlatform(windowScene(name)).timeline('all', 0, 50)).lines;
  const calls = async (name: SceneName) => (await settingsPlatform(windowScene(name)).recentCalls()).calls;
  const glyphs: Shown<SeenGlyph> = { connect: 'timeline', teams: 'timeline', clock: 'timeline' };
  const done: Shown<DoneSign> = { written: 'timeline', left: 'timeline', failed: 'timeline' };
  const ways: Shown<CallWay> = { out: 'calls', in: 'calls', missed: 'calls' };
  const backs: Shown<RecentCallBack['is']> = { offered: 'calls', refused: 'calls' };
  const doctor: Shown<DoctorStatus> = { good: 'doctor', notChecked: 'doctor', warning: 'doctor', failed: 'doctor' };
  await expectShown(glyphs, async (name) => (await lines(name)).map(({ glyph }) => glyph));
  await expectShown(done, async (name) => (await lines(name)).map(({ sign }) => sign));
  await expectShown(ways, async (name) => (await calls(name)).map(({ way }) => way));
  await expectShown(backs, async (name) => (await calls(name)).map(({ callBack }) => callBack.is));
  await expectShown(doctor, async (name) =>
    (await settingsPlatform(windowScene(name)).doctor()).checks.map(({ status }) => status),
  );
});

it('takes a picture of each scene in each theme, each with its own name', () => {
  const names = Object.keys(SCENES).flatMap((name) => {
    const scene = sceneNamed(name);
    return scene ? looks(name, scene).flatMap((look) => look.themes.map((theme) => pictureName(look, theme))) : [];
  });
  expect(new Set(names).size).toBe(names.length);
  for (const name of Object.keys(SCENES)) {
    for (const theme of ['light', 'dark', 'contrast']) expect(names).toContain(`${name}-${theme}`);
  }
});

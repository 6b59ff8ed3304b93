// The pages with settings: as they are without a file, locked by a policy, with a file that cannot be used, and refused.
import type { Controls } from '../../src/bindings/Controls';
import type { SettingsPage } from '../../src/bindings/SettingsPage';
import { SMALL_WINDOW, ZOOMED_TWICE, type Scenes, type WindowScene } from '../scene';
import { STATES } from '../settingsPages';

function showing(page: SettingsPage, controls: Controls): WindowScene {
  return { page, platform: { controls: () => Promise.resolve(controls) } };
}

export const CONTROLS = {
  general: { ...showing('general', STATES.normal), zooms: ZOOMED_TWICE },
  generalNarrow: { ...showing('general', STATES.normal), size: SMALL_WINDOW },
  generalLocked: showing('general', STATES.locked),
  generalBroken: showing('general', STATES.broken),
  generalBrokenPolicy: showing('general', STATES.brokenPolicy),
  generalRefused: showing('general', STATES.refused),
  generalRestart: showing('general', STATES.restart),
  sync: { ...showing('sync', STATES.normal), zooms: ZOOMED_TWICE },
  syncNarrow: { ...showing('sync', STATES.normal), size: SMALL_WINDOW },
  syncLocked: showing('sync', STATES.locked),
  syncBroken: showing('sync', STATES.broken),
  syncRefused: showing('sync', STATES.refused),
  people: { ...showing('people', STATES.normal), zooms: ZOOMED_TWICE },
  peopleNarrow: { ...showing('people', STATES.normal), size: SMALL_WINDOW },
  peopleLocked: showing('people', STATES.locked),
  peopleBroken: showing('people', STATES.broken),
  peopleRefused: showing('people', STATES.refused),
  callsLocked: showing('calls', STATES.locked),
  callsBroken: showing('calls', STATES.broken),
  callsControlsRefused: showing('calls', STATES.refused),
} satisfies Scenes;

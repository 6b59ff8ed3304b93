// Takes a picture of every scene, in every theme, and asks axe about each. What is seen in a picture decides whether it is
// taken again: the page of a scene is loaded, but only a page that shows something else than before costs more.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

import { isWindow } from '../scene';
import { isSceneName, sceneNamed, SCENES } from '../scenes';
import { launch, NoBrowser } from './browser';
import { indexPage } from './indexPage';
import { Kept, printOf, printOfFolder, type Finding } from './kept';
import { DENSITY, looks, pictureName, THEMES, type Look, type Theme } from './looks';
import { README } from './readme';
import { whatIsSeen } from './seen';

declare const axe: { run(context: unknown, options: RunOptions): Promise<AxeResults> };

/** What Fluent puts around a menu to keep the focus in it; a screen reader never meets it. */
const TABSTER = ['[data-tabster-dummy]'];
/** When every picture is taken, so that the times in it are the same every day. */
const NOON = new Date('2026-11-23T14:06:00Z');
const PLACE = { locale: 'en-GB', timezoneId: 'Europe/London' };
const LIMIT = 30_000;
/** How often a page is looked at until it is at rest. */
const LOOKS = 50;

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BUILT = join(ROOT, 'target', 'scenes');
const OUT = join(ROOT, 'target', 'screenshots');
const FOLDER = 'scenes';

type Say = (line: string) => void;

/** Takes the scenes that are named in `args`, all of them if none is. False where something is wrong. */
export async function take(address: string, args: readonly string[], say: Say): Promise<boolean> {
  const forReadme = args.includes('--readme');
  const named = args.filter((arg) => arg !== '--readme');
  const unknown = named.filter((name) => !isSceneName(name));
  if (unknown.length > 0) {
    say(`No scene is called ${unknown.join(', ')}. There are: ${Object.keys(SCENES).join(', ')}.`);
    return false;
  }
  const wanted = forReadme ? [...named, ...README.map(({ scene }) => scene)] : named;
  const all = Object.entries<(typeof SCENES)[keyof typeof SCENES]>(SCENES).flatMap(([name, scene]) =>
    looks(name, scene),
  );
  const asked = wanted.length === 0 ? all : all.filter(({ scene }) => wanted.includes(scene));

  const kept = new Kept(join(OUT, FOLDER));
  kept.keepOnly(new Set(all.flatMap((look) => look.themes.map((theme) => pictureName(look, theme)))));
  const started = performance.now();
  let done;
  try {
    done = await takeAll(address, asked, kept, say);
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error;
    say(error.message);
    return false;
  }
  const index = join(OUT, 'index.html');
  writeFileSync(index, indexPage(kept, FOLDER));
  if (forReadme && done.failed === 0) readmePictures(kept);

  const names = asked.flatMap((look) => look.themes.map((theme) => pictureName(look, theme)));
  const found = names.flatMap((name) => (kept.get(name)?.findings ?? []).map((finding) => ({ name, finding })));
  for (const { name, finding } of found) say(`${name}: ${finding.rule}: ${finding.element}: ${finding.why}`);
  const seconds = Math.round((performance.now() - started) / 1000);
  say(
    `${names.length} pictures, ${done.taken} taken again, ${done.failed} failed, ${found.length} findings by axe; ` +
      `${seconds} s. ${index}`,
  );
  return found.length === 0 && done.failed === 0;
}

interface Done {
  taken: number;
  failed: number;
}

async function takeAll(address: string, asked: readonly Look[], kept: Kept, say: Say): Promise<Done> {
  const browser = await launch();
  try {
    const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // Another browser draws otherwise, and another axe finds other faults.
    const tools = printOf(browser.version(), axeSource, String(DENSITY), JSON.stringify([THEMES, TABSTER]));
    const built = printOf(tools, printOfFolder(BUILT));
    const done: Done = { taken: 0, failed: 0 };
    // Those of one zoom follow each other, so that few pages are opened.
    const waiting = [...asked].sort((one, other) => one.zoom - other.zoom);
    const worker = async () => {
      const studio = new Studio(browser, address, axeSource, { tools, built }, kept);
      for (let look = waiting.shift(); look !== undefined; look = waiting.shift()) {
        try {
          const taken = await studio.take(look);
          done.taken += taken;
          kept.save();
        } catch (error) {
          done.failed += 1;
          for (const theme of look.themes) kept.drop(pictureName(look, theme));
          say(`${pictureName(look, 'light')}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }, worker));
    return done;
  } finally {
    await browser.close();
  }
}

/** One page of the browser, which shows one look after the other. */
class Studio {
  private page: { zoom: number; page: Page } | null = null;

  constructor(
    private readonly browser: Browser,
    private readonly address: string,
    private readonly axeSource: string,
    /** Of what takes the pictures, and of that with the built page. */
    private readonly prints: { tools: string; built: string },
    private readonly kept: Kept,
  ) {}

  /** Takes the pictures of a look that show something else than before. How many they were. */
  async take(look: Look): Promise<number> {
    const { scene: name, width, height, zoom } = look;
    const scene = sceneNamed(name);
    if (!scene) return 0;
    const { tools, built } = this.prints;
    if (look.themes.every((theme) => this.kept.get(pictureName(look, theme))?.built === built)) return 0;
    const page = await this.pageFor(zoom);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce', ...THEMES.light });
    // Nothing is under the pointer until a scene wants it.
    await page.mouse.move(0, 0);
    await page.goto(`${this.address}?${name}`, { waitUntil: 'commit' });
    await page.getByRole(isWindow(scene) ? 'main' : 'banner').waitFor();
    await atRest(page);
    await scene.prepare?.(page);
    let taken = 0;
    for (const theme of look.themes) {
      await page.emulateMedia(THEMES[theme]);
      // The window hears of the change a little later.
      await page.locator(`.theme-${theme}`).first().waitFor({ state: 'attached' });
      const picture = pictureName(look, theme);
      const print = printOf(tools, `${width} ${height} ${zoom}`, await atRest(page));
      const before = this.kept.get(picture);
      if (before?.print === print) {
        this.kept.set(picture, { ...before, built });
        continue;
      }
      await page.screenshot({ path: this.kept.file(picture), animations: 'disabled' });
      this.kept.set(picture, { built, print, findings: await findings(page, this.axeSource) });
      taken += 1;
    }
    return taken;
  }

  private async pageFor(zoom: number): Promise<Page> {
    if (this.page?.zoom === zoom) return this.page.page;
    await this.page?.page.context().close();
    const context = await this.browser.newContext({ ...PLACE, deviceScaleFactor: DENSITY * zoom });
    await context.clock.setFixedTime(NOON);
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT);
    this.page = { zoom, page };
    return page;
  }
}

/** What is seen once nothing changes any more: fonts are there, and what was asked for is drawn. */
async function atRest(page: Page): Promise<string> {
  const drawn = () =>
    page.evaluate(async () => {
      await document.fonts.ready;
      for (let frame = 0; frame < 2; frame += 1) await new Promise((next) => requestAnimationFrame(next));
    });
  let before = '';
  for (let look = 0; look < LOOKS; look += 1) {
    await drawn();
    const seen = await page.evaluate(whatIsSeen);
    if (seen === before) return seen;
    before = seen;
  }
  throw new Error('the page never comes to rest');
}

async function findings(page: Page, source: string): Promise<Finding[]> {
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    (exclude) => axe.run({ exclude }, { resultTypes: ['violations'] }),
    TABSTER,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => ({
      rule: id,
      element: target.join(' '),
      why: failureSummary.replaceAll(/\s+/g, ' '),
    })),
  );
}

/** The README's pictures are copies. */
function readmePictures(kept: Kept): void {
  for (const { scene, file } of README) {
    const to = join(ROOT, file);
    mkdirSync(join(to, '..'), { recursive: true });
    copyFileSync(
      kept.file(pictureName({ scene, zoom: 1, width: 0, height: 0, themes: [] }, 'light' satisfies Theme)),
      to,
    );
  }
}

// Pictures of every scene in every theme, into ui/shots/, and the colour contrast of each (axe needs real layout).
// Needs Chromium: `npm run shots`, or CHROMIUM=/path/to/chromium npm run shots.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OUT = new URL('../shots/', import.meta.url).pathname;
const THEMES = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  contrast: { colorScheme: 'dark', contrast: 'more' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
};
const SCENES = ['drawer', 'inStep', 'login', 'loading', 'offline', 'health', 'nobody', 'allOffline', 'forty'];
const SIZES = { drawer: [380, 960], narrow: [320, 760] };

const server = await createServer({ configFile: new URL('../vite.dev.config.ts', import.meta.url).pathname });
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
mkdirSync(OUT, { recursive: true });
let findings = 0;
for (const [theme, media] of Object.entries(THEMES)) {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await page.emulateMedia({ reducedMotion: 'reduce', ...media });
  for (const name of [...SCENES, 'narrow']) {
    const [width, height] = SIZES[name] ?? [380, 760];
    await page.setViewportSize({ width, height });
    await page.goto(`http://127.0.0.1:4188/?${name}`);
    await page.getByRole('banner').waitFor();
    if (name === 'health') await page.getByRole('button', { name: /^Health/ }).click();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${OUT}${name}-${theme}.png`, animations: 'disabled' });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => axe.run(document));
    for (const { id, nodes } of violations) {
      findings += nodes.length;
      for (const { target, failureSummary } of nodes) {
        process.stdout.write(`${name}, ${theme}: ${id}: ${target.join(' ')}: ${failureSummary}\n`);
      }
    }
  }
  await page.close();
}
await browser.close();
await server.close();
process.stdout.write(`${findings} findings by axe; pictures in ${OUT}\n`);
process.exitCode = findings > 0 ? 1 : 0;

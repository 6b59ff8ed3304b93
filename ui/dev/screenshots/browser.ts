// The browser that takes the pictures: Chromium or one of its kin, as it is installed on this machine.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
/** Where playwright looks by itself, on the systems that have no path for it. */
const CHANNELS = ['chrome', 'msedge', 'chromium'];
const ARGS = [
  // In a container and as root there is no sandbox; the pages are our own.
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The same letters on every machine of a kind.
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

export class NoBrowser extends Error {
  constructor() {
    super(
      'No browser was found to take the pictures with. Install Chromium, Chrome or Edge (Debian: apt-get install ' +
        'chromium), or name one: CHROMIUM=/path/to/chromium.',
    );
  }
}

export async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? onPath();
  if (executablePath !== undefined) return chromium.launch({ executablePath, args: ARGS });
  for (const channel of CHANNELS) {
    try {
      return await chromium.launch({ channel, args: ARGS });
    } catch {
      // It is not installed; the next may be.
    }
  }
  throw new NoBrowser();
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

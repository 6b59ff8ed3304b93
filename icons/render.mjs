// Renders the drawings of icons/svg into the files that the application embeds and the installers take.
// Run after a drawing has changed: `node icons/render.mjs`. Needs rsvg-convert (Debian: librsvg2-bin) and
// ImageMagick's convert (Debian: imagemagick). Draws nothing itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const svg = join(here, 'svg');
const png = join(here, 'png');

const render = (source, size, target) =>
  execFileSync('rsvg-convert', [
    '--width', String(size), '--height', String(size), '--output', target, join(svg, source),
  ]);

// The tray takes its drawings at their own size: each is aligned to the pixels of that size.
const trays = (files) => files.filter((file) => /^tray-.*-(22|32)\.svg$/.test(file));

// An .icns file is a header and one PNG after the other, each under its own four letters.
function icns(entries) {
  const parts = entries.map(([type, file]) => {
    const image = readFileSync(file);
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(image.length + 8, 4);
    return Buffer.concat([head, image]);
  });
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(length, 4);
  return Buffer.concat([head, ...parts]);
}

mkdirSync(png, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'icons-'));
try {
  const app = (size) => join(scratch, `${size}.png`);
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) render('app-icon.svg', size, app(size));

  for (const size of [32, 128, 256]) writeFileSync(join(png, `app-${size}.png`), readFileSync(app(size)));
  writeFileSync(join(png, 'icon.png'), readFileSync(app(512)));

  // Windows shows the first layer where it takes only one, so 32 px leads.
  execFileSync('convert', [32, 16, 24, 48, 64, 256].map(app).concat(join(here, 'icon.ico')));

  writeFileSync(
    join(here, 'icon.icns'),
    icns([
      ['icp4', app(16)], ['icp5', app(32)], ['ic07', app(128)], ['ic08', app(256)], ['ic09', app(512)],
      ['ic11', app(32)], ['ic12', app(64)], ['ic13', app(256)], ['ic14', app(512)], ['ic10', app(1024)],
    ]),
  );

  for (const file of trays(readdirSync(svg))) {
    const name = basename(file, '.svg');
    render(file, Number(name.slice(-2)), join(png, `${name}.png`));
  }
} finally {
  rmSync(scratch, { recursive: true });
}

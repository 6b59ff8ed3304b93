import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// The catalogue has every text of the product. Only the sections that the windows name are built into them.
function textsOfWindows(): Plugin {
  return {
    name: 'texts-of-windows',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('/crates/view/text/en.json')) return null;
      const folder = join(import.meta.dirname, 'src');
      const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
      const code = sources.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
      const named = new Set(Array.from(code.matchAll(/['`](\w+)\./g), ([, section]) => section));
      const catalogue = JSON.parse(readFileSync(id, 'utf8')) as Readonly<Record<string, unknown>>;
      return JSON.stringify(Object.fromEntries(Object.entries(catalogue).filter(([section]) => named.has(section))));
    },
  };
}

// The font has a file for each range of characters, and a page fetches only those that it shows. Names of people need the
// letters of every script; the signs of mathematics and other symbols come from the fonts of the system.
function lettersOnly(): Plugin {
  return {
    name: 'letters-only',
    enforce: 'pre',
    transform(css, id) {
      if (!id.endsWith('/open-sans/wdth.css')) return null;
      return css.replace(/\/\* open-sans-(math|symbols)-\S+ \*\/\s*@font-face \{[^}]*\}/g, '');
    },
  };
}

// The drawer and the settings window, a page each. Nothing is inlined as a data: address: the window's policy takes fonts and scripts from itself only.
export default defineConfig({
  plugins: [react(), textsOfWindows(), lettersOnly()],
  publicDir: false,
  build: {
    outDir: 'dist',
    target: ['safari16', 'chrome111'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: { input: ['index.html', 'settings.html'] },
  },
});

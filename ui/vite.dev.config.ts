import { basename } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// A page to work on the windows without Rust, and to take pictures of them; never part of the application.
export default defineConfig({
  root: new URL('dev', import.meta.url).pathname,
  // Named, because what is guessed from `root` can lie outside of this folder.
  cacheDir: new URL('node_modules/.vite-dev', import.meta.url).pathname,
  plugins: [react()],
  publicDir: false,
  // Names that stay the same while a style changes: what is seen in a scene decides whether its picture is taken again.
  css: { modules: { generateScopedName: (name, file) => `${basename(file, '.module.css')}-${name}` } },
  build: {
    outDir: new URL('../target/scenes', import.meta.url).pathname,
    emptyOutDir: true,
    target: ['chrome111'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    host: '127.0.0.1',
    port: 4188,
    strictPort: true,
    fs: { allow: ['..', '../../crates/view/text', '../../icons/svg'] },
  },
});

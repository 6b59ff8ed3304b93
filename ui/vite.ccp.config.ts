import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { defineConfig, type Plugin } from 'vite';

// The CCP window: two plain scripts that Rust puts into one initialization script. Streams is carried over
// byte for byte, so that what runs is what AWS released.
function streams(): Plugin {
  const path = createRequire(import.meta.url).resolve('amazon-connect-streams/release/connect-streams-min.js');
  return {
    name: 'carry-streams',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'connect-streams-min.js', source: readFileSync(path) });
    },
  };
}

export default defineConfig({
  plugins: [streams()],
  publicDir: false,
  build: {
    outDir: 'dist-ccp',
    target: ['safari16', 'chrome111'],
    minify: false,
    rolldownOptions: {
      input: 'src/ccp/host.ts',
      output: { format: 'iife', entryFileNames: 'host.js' },
    },
  },
});

// `npm run screenshots -- [--readme] [SCENE…]`: builds the development page, serves what was built, and takes its pictures.
// The pictures are taken by TypeScript, which vite loads; nothing is served from sources, and nothing is bundled twice.
import { fileURLToPath } from 'node:url';

import { build, preview, runnerImport } from 'vite';

const configFile = fileURLToPath(new URL('../../vite.dev.config.ts', import.meta.url));
const taker = fileURLToPath(new URL('take.ts', import.meta.url));

await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, preview: { host: '127.0.0.1', port: 0, strictPort: false } });
try {
  const { module } = await runnerImport(taker, { configFile, logLevel: 'warn' });
  const done = await module.take(server.resolvedUrls.local[0], process.argv.slice(2), (line) => {
    process.stdout.write(`${line}\n`);
  });
  process.exitCode = done ? 0 : 1;
} finally {
  await server.close();
}

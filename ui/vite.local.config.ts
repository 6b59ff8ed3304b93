import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// A page to work on the drawer without Rust; never part of the build.
export default defineConfig({
  root: new URL('dev', import.meta.url).pathname,
  // Named, because what is guessed from `root` can lie outside of this folder.
  cacheDir: '/tmp/t/vite-drawer',
  plugins: [react()],
  publicDir: false,
  server: {
    host: '127.0.0.1',
    port: 4189,
    strictPort: true,
    fs: { strict: false, allow: ['..', '../../crates/view/text', '../../icons/svg'] },
  },
});

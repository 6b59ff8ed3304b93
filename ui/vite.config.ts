import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The drawer and the settings window, a page each. Nothing is inlined as a data: address: the window's policy takes fonts and scripts from itself only.
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: 'dist',
    target: ['safari16', 'chrome111'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: { input: ['index.html', 'settings.html'] },
  },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    // One worker for each processor; by itself vitest leaves one of them idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});

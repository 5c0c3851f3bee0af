import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Relative, so that the built folder works at any address.
  base: './',
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' },
  build: { target: 'baseline-widely-available' },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'conform/**/*.test.ts'],
    passWithNoTests: false,
    // Speed is measured by the benches; a busy machine must not fail a test.
    testTimeout: 60_000,
  },
})

import { defineConfig } from 'vitest/config'
import { appPlugins } from './scripts/app-plugins.mjs'
import { COMPILED_WHOLE } from './scripts/bundle.mjs'
import { servedPolicy } from './scripts/content-policy.mjs'
import { offline } from './scripts/offline.mjs'

/** What a run is made of; the words and sources that are told of it on demand are left out. */
const MACHINE = /\/src\/(arch|kernel|xen|machine)\/(?!history|entry-notation)[\w/-]+\.ts$/

export default defineConfig(({ mode }) => ({
  // Relative, so that the built folder works at any address.
  base: './',
  plugins: [appPlugins({ isOneFile: false }), mode !== 'specimens' && [servedPolicy(), offline()]],
  worker: { format: 'es', rolldownOptions: { output: { postBanner: COMPILED_WHOLE } } },
  build: {
    target: 'baseline-widely-available',
    // Every browser of that target knows it.
    modulePreload: { polyfill: false },
    // The machine is in the first load whole: in one file it packs better than in the dozen that its readers would make of it.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'machine', test: MACHINE }] } },
      // The one file is built within this build, which is no slow plugin.
      checks: { bundlerTimings: false },
    },
    // For development: no part of what is published.
    ...(mode === 'specimens' && { outDir: '.cache/specimens', rolldownOptions: { input: 'specimens.html' } }),
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'conform/**/*.test.ts'],
    passWithNoTests: false,
    // Speed is measured by the benches; a busy machine must not fail a test.
    testTimeout: 60_000,
  },
}))

// What Vite needs to read the sources of the app, whichever form they are built into.
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { buildFacts } from './build-facts.mjs'
import { sourceFacts } from './source-facts.mjs'
import { styleLayers } from './style-layers.mjs'

/**
 * @param {{ isOneFile: boolean }} form
 * @returns {import('vite').PluginOption[]}
 */
export const appPlugins = (form) => [styleLayers(), react(), tailwindcss(), sourceFacts(), buildFacts(form)]

import path from 'node:path'
import { defineConfig } from 'vite'
import { lean } from './lean/plugins.ts'

/** What is loaded only by those who ask for it, each in a file of its own; all else is one file. */
const LAZY =
  /\/clocks\/ExplanationText|\/app\/similar\/|\/core\/contract\/similar|\/core\/similar\/|\/app\/life\/(?!desk\.ts)|\/app\/zaf\/reply|\/react-forms\/.*Check|zendesk_app_framework_sdk/

/** Builds the app into the package's `assets/`; Zendesk serves it from any folder, so every address is relative. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  ...lean,
  build: {
    outDir: path.resolve(import.meta.dirname, '../dist/app/assets'),
    assetsDir: '.',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 560,
    rolldownOptions: {
      // Left to itself the bundler puts what a lazy file shares with the app into a third file, which packs worse.
      output: { codeSplitting: { groups: [{ name: 'index', test: (id) => !LAZY.test(id.replaceAll('\\', '/')) }] } },
    },
  },
})

import path from 'node:path'
import { defineConfig } from 'vite'
import { lean } from '../lean/plugins.ts'
import { precompress } from '../lean/precompress.ts'

const outDir = path.resolve(import.meta.dirname, '../../dist/desk')

/** Builds the page that our server answers at `/desk`; its files have names that change with their content. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/desk/assets/',
  ...lean,
  plugins: [...(lean.plugins ?? []), precompress(outDir)],
  build: {
    outDir,
    assetsDir: '.',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
})

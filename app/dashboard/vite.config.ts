import path from 'node:path'
import { defineConfig } from 'vite'
import { lean } from '../lean/plugins.ts'

/** Builds the page that our server answers at `/desk`; its files have names that change with their content. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/desk/assets/',
  ...lean,
  build: {
    outDir: path.resolve(import.meta.dirname, '../../dist/desk'),
    assetsDir: '.',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 560,
  },
})

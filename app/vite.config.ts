import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the app into the package's `assets/`; Zendesk serves it from any folder, so every address is relative. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  resolve: { dedupe: ['react', 'react-dom', 'styled-components'] },
  build: {
    outDir: path.resolve(import.meta.dirname, '../dist/app/assets'),
    assetsDir: '.',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})

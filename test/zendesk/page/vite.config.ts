import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = import.meta.dirname

/** Builds the agent page to `dist/agent-page`, where `pageRoutes` finds it. */
export default defineConfig({
  root: path.join(root, 'src'),
  base: '/agent/static/',
  plugins: [react()],
  resolve: { dedupe: ['react', 'react-dom', 'styled-components'] },
  build: {
    outDir: path.resolve(root, '../../../dist/agent-page'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
  },
})

import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Builds the app into the package's `assets/`; Zendesk serves it from any folder, so every address is relative. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), leaveOutJsonSchema()],
  resolve: { dedupe: ['react', 'react-dom', 'styled-components'] },
  build: {
    outDir: path.resolve(import.meta.dirname, '../dist/app/assets'),
    assetsDir: '.',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 560,
  },
})

/** zod carries a writer of JSON Schema that the app never calls; without it every agent loads 7 KiB less. */
function leaveOutJsonSchema(): Plugin {
  const unused = /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/
  const none = 'const none = () => () => { throw new Error("The app writes no JSON Schema") };'
  return {
    name: 'leave-out-json-schema',
    transform(code, id) {
      if (!unused.test(id.replaceAll('\\', '/').split('?')[0]!)) return null
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => `none as ${name}`)
      return { code: `${none} export { ${names.join(', ')} }`, map: null }
    },
  }
}

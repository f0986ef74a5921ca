import path from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin, UserConfig } from 'vite'

/** What the sidebar and the page are both built with. */
export const lean: Pick<UserConfig, 'plugins' | 'resolve'> = {
  plugins: [react(), leaveOutJsonSchema(), leaveOut()],
  resolve: {
    dedupe: ['react', 'react-dom', 'styled-components'],
    alias: {
      'lodash.get': path.resolve(import.meta.dirname, 'get.ts'),
      'lodash.memoize': path.resolve(import.meta.dirname, 'memoize.ts'),
    },
  },
}

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

/** Parts of packages that never run here, and what stands in for them. */
const UNUSED: [file: RegExp, instead: string][] = [
  // The app shows its own texts; of zod's it needs to know only that something is wrong.
  [/zod\/v4\/locales\/en\.js$/, 'export default () => ({ localeError: () => "Invalid input" })'],
  // styled-components asks for vendor prefixes only when told to.
  [/stylis\/src\/Prefixer\.js$/, 'export const prefix = (value) => value'],
  // Every browser that runs the app has promises.
  [/zendesk_app_framework_sdk\/lib\/vendor\/native-promise-only\.js$/, 'module.exports = Promise'],
]

function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    transform(_, id) {
      const file = id.replaceAll('\\', '/').split('?')[0]!
      const found = UNUSED.find(([unused]) => unused.test(file))
      return found ? { code: found[1], map: null } : null
    },
  }
}

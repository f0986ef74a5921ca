import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Puts a brotli and a gzip file beside each script, so that the server only has to send them. */
export function precompress(folder: string): Plugin {
  return {
    name: 'precompress',
    closeBundle() {
      for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
        const content = readFileSync(path.join(folder, name))
        const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
        writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(content, best))
        writeFileSync(path.join(folder, `${name}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}

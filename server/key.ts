import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const KEY_BYTES = 32

/** The key kept in `home`; made there, readable by its owner alone, when there is none. */
export function keyInHome(home: string): Buffer {
  const file = path.join(home, 'key')
  return readKey(file) ?? makeKey(home, file)
}

function readKey(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  }
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length === KEY_BYTES) return key
  throw new Error(
    `${file} does not hold a key of 32 bytes in base64. Restore it; stored secrets cannot be read without.`,
  )
}

/** Whole or not at all, and never in place of one that another server has just made. */
function makeKey(home: string, file: string): Buffer {
  mkdirSync(home, { recursive: true, mode: 0o755 })
  const half = `${file}.${process.pid}`
  writeFileSync(half, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'w' })
  try {
    linkSync(half, file)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(half)
  }
  return readKey(file)!
}

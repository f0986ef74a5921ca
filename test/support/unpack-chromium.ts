import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

export type UnpackedChromium = {
  executablePath: string
  /** Folder with the system libraries that a bare machine lacks. */
  libraries: string
}

/**
 * Unpacks the Chromium of the npm package, once per user and version. The package itself unpacks into one place for
 * everybody, where a second process meets half a file and another user a file that is not theirs; so it is told to unpack
 * aside, and the finished folder is moved into place in one step.
 */
export async function unpackChromium(): Promise<UnpackedChromium> {
  const bin = path.resolve(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../../bin')
  const { version } = JSON.parse(await readFile(path.join(bin, '../package.json'), 'utf8')) as { version: string }
  const home = path.join(tmpdir(), `baton-chromium-${userInfo().uid}-${version}`)
  if (!existsSync(home)) await unpackInto(home, bin)
  return { executablePath: path.join(home, 'chromium'), libraries: path.join(home, 'al2023/lib') }
}

async function unpackInto(home: string, bin: string): Promise<void> {
  const aside = await mkdtemp(`${home}-unpacking-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = aside
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    await packaged.executablePath()
    // The package unpacks these by itself on one cloud's machines only, and exports no way to ask for them.
    const { inflate } = await import(pathToFileURL(path.join(bin, '../build/esm/lambdafs.js')).href)
    await inflate(path.join(bin, 'al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    await rename(aside, home)
  } catch (error) {
    // Somebody else was faster; theirs is as good.
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
}

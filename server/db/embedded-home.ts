import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, installBinaries, moveUnlessThere } from './postgres-binaries.ts'

/** Folders and identity an embedded PostgreSQL runs with. */
export type EmbeddedHome = {
  home: string
  data: string
  socketFolder: string
  log: string
  program: string
  /** `uid` and `gid` are set when we are root, which PostgreSQL refuses to run as. */
  spawn: { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv }
}

/** Name of the database's superuser; only who may enter the socket's folder can become it. */
export const OWNER = 'baton'

/** A unix socket's path may have 107 bytes; PostgreSQL adds its own name to the folder's. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length

/** The folder is in a place the database cannot run in; the message says which to choose. */
export class UnusableHome extends Error {
  override readonly name = 'UnusableHome'
}

/**
 * Makes `home` ready to start PostgreSQL in: programs, an initialised data folder and a folder for the socket that only
 * its user may enter. Everything that is there already is left as it is.
 */
export async function prepareHome(folder: string, { isDurable }: { isDurable: boolean }): Promise<EmbeddedHome> {
  const home = path.resolve(folder)
  const identity: Identity = process.getuid?.() === 0 ? nobody() : {}
  mkdirSync(home, { recursive: true, mode: 0o755 })
  if (identity.uid !== undefined) {
    chmodSync(home, statSync(home).mode | 0o011)
    refuseHiddenFolder(path.dirname(home))
  }

  const binaries = installBinaries(home)
  const socketFolder = makeSocketFolder(home, identity)
  const data = path.join(home, `data-${binaries.major}`)
  const spawn = { ...identity, cwd: home, env: environment(binaries) }
  if (!existsSync(data)) await initialise(data, binaries, spawn, isDurable)
  return {
    home,
    data,
    socketFolder,
    log: path.join(home, 'postgres.log'),
    program: path.join(binaries.bin, 'postgres'),
    spawn,
  }
}

type Identity = { uid?: number; gid?: number }

function nobody(): Required<Identity> {
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'nobody']).toString())
  return { uid: ask('-u'), gid: ask('-g') }
}

function refuseHiddenFolder(parent: string): void {
  for (let folder = parent; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (statSync(folder).mode & 0o001) continue
    throw new UnusableHome(
      `PostgreSQL refuses to run as root, and the user it runs as cannot enter ${folder}. ` +
        'Set BATON_HOME to a folder others may enter, such as /var/lib/baton, or start Baton as an ordinary user.',
    )
  }
}

function makeSocketFolder(home: string, { uid, gid }: Identity): string {
  const inHome = path.join(home, 'socket')
  const isShort = Buffer.byteLength(inHome) <= LONGEST_SOCKET_FOLDER
  const name = `baton-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`
  const folder = isShort ? inHome : path.join(tmpdir(), name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  const owner = statSync(folder).uid
  if (owner !== (uid ?? process.getuid?.())) {
    throw new UnusableHome(
      `${folder} belongs to another user (${owner}). Remove it, or set BATON_HOME to another folder.`,
    )
  }
  chmodSync(folder, 0o700)
  return folder
}

function environment({ lib }: Binaries): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', LD_LIBRARY_PATH: lib }
}

/** The data folder appears under its name only once it is whole, so a start that was killed here is simply repeated. */
async function initialise(
  data: string,
  { bin }: Binaries,
  spawn: EmbeddedHome['spawn'],
  isDurable: boolean,
): Promise<void> {
  const half = `${data}.${process.pid}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  if (spawn.uid !== undefined && spawn.gid !== undefined) chownSync(half, spawn.uid, spawn.gid)
  const options = ['-D', half, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--locale=C']
  await promisify(execFile)(path.join(bin, 'initdb'), isDurable ? options : [...options, '--no-sync'], spawn)
  moveUnlessThere(half, data)
}

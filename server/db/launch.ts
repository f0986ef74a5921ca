import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedHome, OWNER } from './embedded-home.ts'
import { pidsIn, readPostmaster, runsOn } from './postmaster.ts'

/** The database does not start; the message carries the end of PostgreSQL's log. */
export class EmbeddedStartFailed extends Error {
  override readonly name = 'EmbeddedStartFailed'
}

export type Launched = { how: 'started' | 'attached'; pid: number; socketFolder: string }

const START_WITHIN_MS = 30_000
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  log_timezone: 'UTC',
  // A small database needs no workers to read for it.
  io_method: 'sync',
  // After a crash one call instead of one for each of a thousand files, which takes half a minute on a busy disk.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
}
/** Backends of a killed server notice within a moment that it is gone; what they held is recovered either way. */
const ORPHANS_MAY_TAKE_MS = 2_000
/** What PostgreSQL says while the remains of a killed server are still being cleared away. */
const PASSING_REASONS = /lock file|pre-existing shared memory block|could not bind Unix address/

/** Attaches to the server that runs on the data folder, or starts one; answers once it takes connections. */
export async function launch(place: EmbeddedHome, settings: Record<string, string>): Promise<Launched> {
  const begunAt = Date.now()
  const deadline = begunAt + START_WITHIN_MS
  while (Date.now() < deadline) {
    const running = readPostmaster(place.data)
    if (running && runsOn(running.pid, place.data)) {
      const socketFolder = running.socketFolder || place.socketFolder
      if (await answers(socketFolder)) return { how: 'attached', pid: running.pid, socketFolder }
    } else {
      const orphans = pidsIn(place.data)
      if (orphans.length === 0) {
        removeLocks(place)
        const pid = await start(place, settings, deadline)
        if (pid !== null) return { how: 'started', pid, socketFolder: place.socketFolder }
      } else if (Date.now() - begunAt > ORPHANS_MAY_TAKE_MS) {
        for (const pid of orphans) endNow(pid)
      }
    }
    await delay(20)
  }
  throw new EmbeddedStartFailed(`PostgreSQL did not start within ${START_WITHIN_MS / 1000} s.\n${endOfLog(place)}`)
}

/** Gone in the meantime is as good. */
function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

/**
 * Lock files of a server that is gone. They name a zombie, or a process of somebody else that was given its number, for
 * either of which PostgreSQL would refuse to start.
 */
function removeLocks({ data, socketFolder }: EmbeddedHome): void {
  rmSync(path.join(data, 'postmaster.pid'), { force: true })
  rmSync(path.join(socketFolder, '.s.PGSQL.5432.lock'), { force: true })
}

/** Null when it gave up for a reason that passes. */
async function start(place: EmbeddedHome, settings: Record<string, string>, deadline: number): Promise<number | null> {
  const child = spawnPostgres(place, settings)
  let isOver = false
  child.once('exit', () => {
    isOver = true
  })
  child.once('error', () => {
    isOver = true
  })
  while (!isOver && Date.now() < deadline) {
    if (await answers(place.socketFolder)) return child.pid ?? null
    await delay(20)
  }
  const log = endOfLog(place)
  if (PASSING_REASONS.test(log)) return null
  throw new EmbeddedStartFailed(`PostgreSQL does not start in ${place.home}.\n${log}`)
}

/** In a session of its own, so that Ctrl-C in a terminal reaches Baton first, and with a file for its log, so that it outlives us. */
function spawnPostgres(place: EmbeddedHome, settings: Record<string, string>): ChildProcess {
  const all = { ...SETTINGS, ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(place.log, 'w', 0o600)
  try {
    const child = spawn(place.program, ['-D', place.data, '-k', place.socketFolder, ...flags], {
      ...place.spawn,
      detached: true,
      stdio: ['ignore', log, log],
    })
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

async function answers(socketFolder: string): Promise<boolean> {
  const client = new pg.Client({ host: socketFolder, user: OWNER, database: 'postgres', connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    // Not waited for: of a connection that timed out the end is never told.
    void client.end().catch(() => {})
  }
}

function endOfLog({ log }: EmbeddedHome): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
  } catch {
    return `(no log in ${log})`
  }
}

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** The PostgreSQL that runs on a data folder, as its `postmaster.pid` tells. */
export type Postmaster = { pid: number; socketFolder: string }

/** Null when no server runs on `data`, as far as its pid file tells; the process may have died since. */
export function readPostmaster(data: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isSafeInteger(pid) || pid <= 1) return null
  return { pid, socketFolder: lines[4] ?? '' }
}

/**
 * Whether `pid` is a living server of this data folder: pids are used again, above all in containers, and a killed
 * server that nobody waited for is still listed.
 */
export function runsOn(pid: number, data: string): boolean {
  if (process.platform === 'linux') return workingFolderOf(pid) === realpathSync(data)
  try {
    process.kill(pid, 0)
    return execFileSync('ps', ['-p', String(pid), '-o', 'comm='])
      .toString()
      .includes('postgres')
  } catch {
    return false
  }
}

/** Processes of PostgreSQL, such as orphans of a killed server, that are still at work in the folder. */
export function pidsIn(data: string): number[] {
  if (process.platform !== 'linux') return []
  const folder = realpathSync(data)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => workingFolderOf(pid) === folder)
}

/** Null for a process that is gone, a zombie, or somebody else's. PostgreSQL's processes work in their data folder. */
function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

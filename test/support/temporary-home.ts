import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readPostmaster, runsOn } from '../../server/db/postmaster.ts'

/**
 * A folder for an embedded database that goes with this process. Those of processes that were killed before they could
 * tidy up are removed first, with the databases still running in them.
 *
 * @param prefix names the purpose, so that one purpose never removes another's
 */
export function temporaryHome(prefix: string): string {
  removeAbandoned(prefix)
  const home = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`))
  process.once('exit', () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  return home
}

function removeAbandoned(prefix: string): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (!owner || isAlive(Number(owner))) continue
    const home = path.join(tmpdir(), name)
    for (const folder of readdirSync(home).filter((entry) => /^data-\d+$/.test(entry))) {
      const running = readPostmaster(path.join(home, folder))
      if (running && runsOn(running.pid, path.join(home, folder))) process.kill(running.pid, 'SIGKILL')
    }
    if (existsSync(home)) rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { administer } from '../../server/admin/administer.ts'
import { readConfig } from '../../server/config.ts'
import { createContext } from '../../server/context.ts'
import { pidsIn, readPostmaster, runsOn } from '../../server/db/postmaster.ts'
import { DEMO_CLIENT } from '../zendesk/seed/company.ts'
import type { LocalZendesk } from '../zendesk/server.ts'
import { freePort } from './free-port.ts'
import { temporaryHome } from './temporary-home.ts'

/** Baton as an operator runs it: a process of its own with an embedded, durable database, to be killed and started again. */
export type BatonProcess = AsyncDisposable & {
  url: string
  /** Starts it; resolves when it listens, and also when it is killed before. */
  start(): Promise<void>
  /** SIGKILL to the server; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGKILL to the database's main process; its backends notice by themselves. False when it did not run. */
  killDatabase(): boolean
  /** Stops it as an operator would; answers the exit code. */
  stop(): Promise<number | null>
  /** Reaches the database as its owner while it runs. */
  databaseUrl(): string
  /** Errors the processes wrote, newest last. */
  said: string[]
}

const MAIN = path.resolve(import.meta.dirname, '../../server/main.ts')
const MOST_SAID = 200

/**
 * Sets the account up once and leaves Baton stopped. Everything it starts and writes is gone when it is disposed of.
 *
 * @param more of its environment
 */
export async function prepareBatonProcess(
  zendesk: LocalZendesk,
  more: Record<string, string> = {},
): Promise<BatonProcess> {
  const home = temporaryHome('baton-process-')
  // Root has PostgreSQL run as another user, who must get in.
  chmodSync(home, 0o755)
  const port = await freePort()
  const env = {
    ...{ PATH: process.env.PATH, NODE_COMPILE_CACHE: path.join(home, 'compiled') },
    ...{ BATON_HISTORY: 'off', BATON_HOME: home, BATON_PORT: String(port), LOG_LEVEL: 'error' },
    ...{ BATON_KEY: randomBytes(32).toString('base64'), BATON_APP_SECRET: randomBytes(32).toString('base64url') },
    ...{ ZENDESK_SUBDOMAIN: zendesk.world.state.account.subdomain, ZENDESK_URL: zendesk.url },
    ...{ ZENDESK_CLIENT_ID: DEMO_CLIENT.identifier, ZENDESK_CLIENT_SECRET: DEMO_CLIENT.secret },
    ...more,
  }
  const said: string[] = []
  let child: ChildProcess | null = null
  const endAtExit = () => endEverything()
  process.once('exit', endAtExit)

  const baton: BatonProcess = {
    ...{ url: `http://localhost:${port}`, said, start, killDatabase, databaseUrl },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL')
      endEverything()
      process.off('exit', endAtExit)
    },
  }
  try {
    await using context = await createContext(readConfig(env))
    await administer(context).setup()
    await zendesk.settle()
  } catch (error) {
    await baton[Symbol.asyncDispose]()
    throw error
  }
  return baton

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    started.stderr.on('data', (chunk) => note(String(chunk)))
    await new Promise<void>((resolve) => {
      const lines = createInterface({ input: started.stdout })
      lines.on('line', (line) => (line.includes('listens on') ? resolve() : note(line)))
      started.once('exit', (code) => {
        if (code) note(`The server ended by itself with code ${code}`)
        resolve()
      })
    })
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null
    const gone = new Promise<number | null>((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    return gone
  }

  function killDatabase(): boolean {
    const data = dataFolder(home)
    const running = data && readPostmaster(data)
    if (!data || !running || !runsOn(running.pid, data)) return false
    killNow(running.pid)
    return true
  }

  function databaseUrl(): string {
    const data = dataFolder(home)
    const running = data && readPostmaster(data)
    if (!running) throw new Error('The database does not run')
    return `postgres://baton@${encodeURIComponent(running.socketFolder)}/baton`
  }

  function note(line: string): void {
    said.push(line.trim())
    if (said.length > MOST_SAID) said.shift()
  }

  function endEverything(): void {
    child?.kill('SIGKILL')
    killDatabase()
    const data = dataFolder(home)
    if (data) for (const pid of pidsIn(data)) killNow(pid)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Null before it is made. */
function dataFolder(home: string): string | null {
  const name = readdirSync(home).find((entry) => /^data-\d+$/.test(entry))
  return name ? path.join(home, name) : null
}

/** Gone already is as good. */
function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

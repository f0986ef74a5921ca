import { execFile } from 'node:child_process'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '../../..')

/** How a run of the command line ended. `printed` is standard output, `said` standard error. */
export type Run = { code: number; printed: string; said: string }

/** Runs `baton …` as a process of its own, with nothing in its environment but what is given. */
export function runBaton(args: string[], env: Record<string, string> = {}, input = ''): Promise<Run> {
  const PATH = process.env.PATH ?? ''
  return run(process.execPath, [path.join(ROOT, 'server/cli/main.ts'), ...args], { PATH, ...env }, ROOT, input)
}

/** Runs `npm run --silent baton -- …` from a folder inside the project. */
export function runWithNpm(args: string[], folder: string): Promise<Run> {
  return run('npm', ['run', '--silent', 'baton', '--', ...args], process.env, folder)
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv, cwd: string, input = ''): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env, cwd, maxBuffer: 64 * 1024 * 1024 }, (error, printed, said) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0
      resolve({ code, printed, said })
    })
    child.stdin?.end(input)
  })
}

import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { formatProblem } from '../core/policy/problems.ts'
import type { Instant } from '../core/units.ts'
import { ConfigError } from './config.ts'
import type { Database } from './db/connect.ts'
import { readPreset } from './policy/preset.ts'
import { currentPolicy, lastSavedBy, NoPolicy, savePolicy } from './policy/store.ts'

const FIRST_PRESET = 'three-tier'
const AUTHOR = 'server'

/**
 * Takes over the policy file when it changed since it was last taken over, so that it never undoes what was applied
 * after it, and sees to it that a new account has a policy at all. A file with mistakes is refused, and the policy in
 * force stays.
 *
 * @param file null keeps what is stored, a ready policy with three tiers the first time
 * @throws {ConfigError} with line and column, when there is no policy to fall back to
 */
export async function ensurePolicy(
  db: Database,
  accountId: number,
  file: string | null,
  { now, log }: { now: Instant; log: Logger },
): Promise<void> {
  const hasPolicy = await currentPolicy(db, accountId, now).then(
    () => true,
    (error) => {
      if (error instanceof NoPolicy) return false
      throw error
    },
  )
  if (file === null && hasPolicy) return

  const yaml = file === null ? readPreset(FIRST_PRESET) : readFile(file)
  if (hasPolicy && yaml === (await lastSavedBy(db, accountId, AUTHOR))) return
  const reason = file === null ? `The ready policy ${FIRST_PRESET}, at the first start` : 'The policy file at a start'
  const saved = await savePolicy(db, accountId, { yaml, author: AUTHOR, reason, now })
  if (saved.ok) return
  const problems = saved.problems.map((problem) => formatProblem(file ?? FIRST_PRESET, problem))
  if (!hasPolicy) throw new ConfigError(`BATON_POLICY cannot be used:\n${problems.join('\n')}`)
  log.error({ event: 'policy.refused', file, problems })
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`BATON_POLICY names ${file}, which cannot be read (${(error as { code?: string }).code}).`)
  }
}

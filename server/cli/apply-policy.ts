import { diffPolicies } from '../../core/policy/diff.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { formatProblem, type PolicyProblem } from '../../core/policy/problems.ts'
import type { Instant } from '../../core/units.ts'
import { administer } from '../admin/administer.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { applyToOpen } from '../policy/apply-to-open.ts'
import { checkPolicy, savePolicy } from '../policy/store.ts'
import { type Replanned, replannedBy } from '../policy/touched.ts'
import { type ScheduleTrouble, schedulesInZendesk, schedulesWritten, usesZendesk } from '../schedules/read-schedules.ts'
import { MOST_LISTED, touchedBySchedules } from '../schedules/touched.ts'
import { readVersions } from '../schedules/versions.ts'
import type { ZendeskSchedules } from '../zendesk/schedules.ts'
import { describeMoved, describeReplanned } from './touched-report.ts'

type Given = {
  name: string
  yaml: string
  author: string
  reason: string
  /** Let open escalations count by it too. */
  open?: boolean
  /** Say what would happen and change nothing. */
  dryRun?: boolean
}

/**
 * Puts a policy in force: first says which open escalations that touches, then what it changed.
 *
 * @throws with every problem and its place when the policy is refused; the one in force then stays
 */
export async function applyPolicy(
  context: Context,
  { name, yaml, author, reason, open = false, dryRun = false }: Given,
  print: (line: string) => void,
): Promise<void> {
  const { db, account, clock, jobs, policyFor, zendeskFor } = context
  const before = await policyFor(account.id)
  const client = await zendeskFor(account.id)
  const groups = new Set((await client.listGroups()).map((group) => group.name))
  const groupExists = (group: string) => groups.has(group)
  const checked = await checkPolicy({ yaml, groupExists })
  if (!checked.ok) throw refused(name, checked.problems)
  for (const warning of checked.warnings) print(`warning: ${formatProblem(name, warning)}`)

  const zendesk = usesZendesk(checked.policy) ? await client.listSchedules() : { ok: true as const, schedules: [] }
  const now = clock.now()
  const { troubles, replanned } = await tellTouched(context, name, checked.policy, zendesk, now, print)
  for (const { id, why, meanwhile } of troubles) print(`warning: schedule ${id}: ${why} ${meanwhile}`)
  if (replanned > 0)
    print(open ? 'They take the new ones (--open).' : 'They keep them; --open gives them the new ones too.')
  if (dryRun) {
    print(`Nothing was changed. It would say: ${diffPolicies(before, checked.policy).join('; ') || 'the same'}`)
    return
  }

  const saved = await savePolicy(db, account.id, { yaml, author, reason, now, groupExists, zendesk, jobs })
  if (!saved.ok) throw refused(name, saved.problems)
  const { policy: after } = saved
  print(
    after.version === before.version
      ? `Policy ${after.version} was in force already`
      : `Policy ${after.version} is in force, before it ${before.version}: ${diffPolicies(before, after).join('; ') || 'says the same'}`,
  )
  if (open)
    print(`${await applyToOpen(account.id, { policy: after, by: author }, context)} open escalation(s) count by it`)
  if ((await administer(context).plan()).length > 0) {
    print('Zendesk lacks something this policy needs, such as options of ticket fields: run `baton setup`.')
  }
}

/** Lists what the policy would do to open escalations. */
async function tellTouched(
  { db, account }: Context,
  name: string,
  policy: Policy,
  zendesk: ZendeskSchedules,
  now: Instant,
  print: (line: string) => void,
): Promise<{ troubles: ScheduleTrouble[]; replanned: number }> {
  const { touched, troubles } = await inAccount(db, account.id, async (tx) => {
    const kept = await readVersions(tx)
    const { read, troubles } = schedulesInZendesk(policy, zendesk, kept)
    // One that was never read would let every hour count: as wrong as a group that is not there.
    const unknown = troubles.filter(({ id }) => !kept.some(({ schedule }) => schedule.id === id))
    if (unknown.length > 0) throw new Error(unknown.map(({ id, why }) => `${name}: schedule ${id}: ${why}`).join('\n'))
    return { touched: await touchedBySchedules(tx, [...schedulesWritten(policy), ...read], now), troubles }
  })
  if (touched.schedules.length > 0) print(describeMoved(touched))
  const first: Replanned[] = []
  let replanned = 0
  for await (const batch of replannedBy(policy, now, (run) => inAccount(db, account.id, run))) {
    replanned += batch.length
    first.push(...batch.slice(0, MOST_LISTED - first.length))
  }
  if (replanned > 0) print(describeReplanned(first, replanned))
  return { troubles, replanned }
}

function refused(name: string, problems: readonly PolicyProblem[]): Error {
  return new Error(problems.map((problem) => formatProblem(name, problem)).join('\n'))
}

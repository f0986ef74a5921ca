import { diffPolicies } from '../../core/policy/diff.ts'
import { formatProblem } from '../../core/policy/problems.ts'
import { administer } from '../admin/administer.ts'
import type { Context } from '../context.ts'
import { savePolicy } from '../policy/store.ts'

type Given = { name: string; yaml: string; author: string; reason: string }

/**
 * Puts a policy in force and says what that changes.
 *
 * @throws with every problem and its place when the policy is refused; the one in force then stays
 */
export async function applyPolicy(context: Context, { name, yaml, author, reason }: Given): Promise<string> {
  const { db, account, clock, policyFor, zendeskFor } = context
  const before = await policyFor(account.id)
  const zendesk = await zendeskFor(account.id)
  const groups = new Set((await zendesk.listGroups()).map((group) => group.name))
  const groupExists = (group: string) => groups.has(group)

  const now = clock.now()
  const saved = await savePolicy(db, account.id, { yaml, author, reason, now, groupExists })
  if (!saved.ok) throw new Error(saved.problems.map((problem) => formatProblem(name, problem)).join('\n'))
  const { policy: after, warnings } = saved
  const differences = diffPolicies(before, after)
  const summary =
    after.version === before.version
      ? `Policy ${after.version} was in force already`
      : `Policy ${after.version} is in force, before it ${before.version}: ${differences.join('; ') || 'says the same'}`
  return [
    ...warnings.map((warning) => `warning: ${formatProblem(name, warning)}`),
    summary,
    ...((await administer(context).plan()).length > 0
      ? ['Zendesk lacks something this policy needs, such as options of ticket fields: run `baton setup`.']
      : []),
  ].join('\n')
}

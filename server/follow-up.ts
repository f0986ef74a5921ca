import type { Step } from '../core/escalation/step.ts'
import type { Policy } from '../core/policy/policy.ts'
import type { Accounts } from './accounts.ts'
import { keepTellings } from './customer/keep-tellings.ts'
import type { FollowUp } from './engine/follow-up.ts'
import { joinIncidents } from './incident/join-incidents.ts'
import type { Jobs } from './jobs/jobs.ts'
import { keepDebts } from './knowledge/keep-debts.ts'
import { keepNotices } from './notify/keep-notices.ts'
import { currentPolicy, policyOfVersion } from './policy/store.ts'
import { keepCases } from './similar/keep-cases.ts'

export type FollowUpDeps = { accounts: Pick<Accounts, 'get'>; jobs: Pick<Jobs, 'enqueueAll'> }

/**
 * Tells colleagues by the policy in force, and customers by the one their escalation began with; keeps what was resolved,
 * and what that owes the knowledge base.
 */
export function createFollowUp({ accounts, jobs }: FollowUpDeps): FollowUp {
  return async (tx, steps, setting) => {
    const happened = steps.filter(({ events }) => events.length > 0)
    if (happened.length === 0) return
    const { accountId, now } = setting
    const policy = await currentPolicy(tx, accountId, now)
    const { zendeskUrl } = await accounts.get(accountId)
    if (!setting.wasTold) {
      await keepNotices(tx, jobs, happened, { ...setting, policy, zendeskUrl })
      await joinIncidents(tx, happened, policy, { accountId, now, jobs })
      const pinned = []
      for (const step of happened) pinned.push({ ...step, policy: await pinnedTo(step, policy) })
      await keepTellings(tx, jobs, pinned, setting)
    }
    await keepDebts(tx, happened, policy, { accountId, now, jobs })
    // Last, because others wait for its numbers until this transaction is over.
    await keepCases(tx, happened, accountId)

    async function pinnedTo({ state, events }: Step, inForce: Policy): Promise<Policy> {
      const id = events.findLast(({ escalationId }) => escalationId !== null)?.escalationId
      const version = state.escalations.find((escalation) => escalation.id === id)?.decision.policyVersion
      if (version === undefined || version === inForce.version) return inForce
      return (await policyOfVersion(tx, accountId, version)) ?? inForce
    }
  }
}

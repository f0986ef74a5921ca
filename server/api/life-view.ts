import type { LifeView } from '../../core/contract/life.ts'
import type { Escalation, TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'

const MOST_TAKEN = 50

/** What people said and did in an escalation, as the sidebar shows it. */
export function lifeViewOf(state: TicketState, escalation: Escalation, policy: Policy): LifeView {
  const { owner, helpers, progress, estimate, release, issues, fix, resolution, approval, askedAbout } = escalation
  const returned = escalation.stage === 'returned' ? escalation.returns.at(-1) : undefined
  return {
    owner,
    helpers,
    may: [],
    progress: progress.map((one) => ({ ...one, at: isoOf(one.at), estimate: isoOf(one.estimate) })),
    estimate: isoOf(estimate),
    release: release && { ...release, at: isoOf(release.at), date: isoOf(release.date) },
    issues: issues.map(({ key, url, title, told }) => ({
      ...{ key, url, title },
      state: told?.state ?? null,
      changedAt: isoOf(told?.at ?? null),
    })),
    fix: fix && { ...fix, at: isoOf(fix.at) },
    returned: returned
      ? {
          at: isoOf(returned.at),
          by: returned.person,
          reason: returned.reason,
          missing: returned.missing,
          explanation: returned.explanation,
        }
      : null,
    resolution: resolution && { ...resolution, at: isoOf(resolution.at) },
    approval: approval && {
      title: approval.title,
      of: approval.of,
      state: approval.state,
      at: isoOf(approval.at),
      by: approval.by,
      comment: approval.comment,
    },
    advice: null,
    promise: null,
    monitoringUntil: isoOf(escalation.monitoringUntil),
    onCall: null,
    proposal: null,
    askedAbout: [...new Set(askedAbout.flatMap(({ sections }) => sections))],
    bounces: 0,
    queues: policy.queues.map(({ id, name, tier }) => ({ id, name, tier })),
    taken: state.commands.slice(-MOST_TAKEN),
  }
}

function isoOf(at: Instant): string
function isoOf(at: Instant | null): string | null
function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

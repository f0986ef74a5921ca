import type { Escalation } from '../escalation/state.ts'
import { timeLeft } from './clocks-section.ts'
import type { PacketInput } from './packet.ts'
import type { PacketFact } from './shape.ts'
import { isoOf, STAGE_WORDS, showInstant } from './words.ts'

/**
 * What somebody who was not in the ticket needs to know, in a few lines. Each is somebody's own words, whole, or follows
 * from the decision, the clocks and the record; what nobody said is left out.
 */
export function summaryOf(input: PacketInput): PacketFact[] {
  const { escalation, ticket, clocks } = input
  const { note, decision, estimate, release } = escalation
  const lines: [string, string][] = [
    ['What', note.issue.summary || ticket.subject],
    ['Customer', customerOf(input)],
    ['Impact', [note.issue.customer_impact, note.issue.business_impact].filter(Boolean).join('\n')],
    ['Where it stands', standingOf(escalation)],
    ['Why there', decision.reasons[0] ? `${decision.reasons[0]}.` : ''],
    ['Time', timeLeft(clocks).join('\n')],
    ['Should be solved', estimate === null ? '' : showInstant(isoOf(estimate))],
    ['Ships', release === null ? '' : `${RELEASE_WORDS[release.release]}, ${showInstant(isoOf(release.date))}`],
    ['Root cause', escalation.resolution?.rootCause || causeOf(escalation)],
    ['Fix', escalation.resolution?.fix ?? ''],
    ['Next step', escalation.resolution === null ? nextStepOf(escalation) : ''],
  ]
  return lines.filter(([, text]) => text !== '').map(([label, text]) => ({ label, text }))
}

const RELEASE_WORDS = { hotfix: 'With a hotfix', next_release: 'With the next release' } as const

function customerOf({ escalation, organization, requester }: PacketInput): string {
  const { account, tier, arr, health_score: health } = escalation.note.customer_context
  const parts = [
    account || organization?.name || requester?.name || '',
    tier === '' ? '' : `${tier} customer`,
    arr === '' ? '' : `ARR ${arr}`,
    health === null ? '' : `health score ${health}`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** `P1, being fixed by Ada at Platform (tier 3, Engineering) since …` */
function standingOf({ stage, stageSince, decision, owner, requestedBy, requestedAt }: Escalation): string {
  const place = `${decision.queueName} (tier ${decision.tier}, ${decision.tierName})`
  const who = owner ? `${owner.name}, ${place}` : place
  const asked = `Asked for by ${requestedBy.name}, ${showInstant(isoOf(requestedAt))}.`
  return `${decision.severity}, ${STAGE_WORDS[stage]} since ${showInstant(isoOf(stageSince))}. With ${who}. ${asked}`
}

function causeOf({ progress }: Escalation): string {
  return progress.findLast(({ cause }) => cause !== '')?.cause ?? ''
}

/** What whoever works on it said last, else what was asked for with the note. */
function nextStepOf({ progress, note }: Escalation): string {
  return progress.findLast(({ nextSteps }) => nextSteps !== '')?.nextSteps ?? note.suggested_next_step
}

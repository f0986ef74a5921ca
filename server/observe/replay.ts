import type { Difference, EffectFact } from '../../core/escalation/facts.ts'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import { type Audit, asId } from '../zendesk/audit.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { markOf } from './read-audits.ts'

/**
 * What our own marks in a ticket tell of it to a record that is empty: which escalation an effect was for, and when
 * Baton told what had fallen due. With these the record is built again as it was.
 */
export type Replay = {
  /** Id of the escalation that an effect was carried out for; null when none of our updates bears the effect's mark. */
  escalationOf(effectId: string): string | null
  /** Whether one of our updates bears the mark of one of these. */
  knows(effectIds: readonly string[]): boolean
  /** Takes what was told before this update was made; after the last one, all that is left. */
  tellingsBefore(audit: Audit | null): Telling[]
}

/** Something was told at this instant; up to this audit the ticket had been read by then. */
export type Telling = { at: Instant; lastAuditId: number }

/** `ESC-2026-000123.tell.<last audit>.<instant>.<what>` */
const TELLING = /^ESC-\d{4}-\d+\.tell\.(\d+)\.(\d+)\./

export function createReplay(audits: readonly Audit[], integrationUserId: number | null): Replay {
  const marks = audits.map((audit) => markOf(audit, integrationUserId)).filter((mark) => mark !== null)
  const byEffect = new Map(marks.map(({ id, escalation }) => [id, escalation]))
  const tellings = marks.flatMap(({ id }) => readTelling(id)).sort((a, b) => a.at - b.at)
  return {
    escalationOf: (effectId) => byEffect.get(effectId) ?? null,
    knows: (effectIds) => effectIds.some((id) => byEffect.has(id)),
    tellingsBefore(audit) {
      const next = tellings.findIndex((telling) => audit !== null && !isBefore(telling, audit))
      return tellings.splice(0, next === -1 ? tellings.length : next)
    },
  }
}

function readTelling(effectId: string): Telling[] {
  const found = TELLING.exec(effectId)
  return found ? [{ lastAuditId: Number(found[1]), at: Number(found[2]) }] : []
}

/** Zendesk's times have whole seconds; what had been read by then came before all the same. */
function isBefore({ at, lastAuditId }: Telling, audit: Audit): boolean {
  return audit.id > lastAuditId && audit.at >= Math.floor(at / SECOND_MS) * SECOND_MS
}

/**
 * How an update of ours came out. What Zendesk left out of it without a word is not in the update; what a business rule
 * changed is.
 */
export async function outcomeIn(
  audit: Audit,
  zendesk: Pick<ZendeskClient, 'listGroups'>,
): Promise<EffectFact['outcome']> {
  const differences: Difference[] = []
  for (const [field, name] of [
    ['group_id', 'group'],
    ['assignee_id', 'assignee'],
    ['priority', 'priority'],
  ] as const) {
    const changes = audit.changes.filter((change) => change.field === field)
    const asked = changes.findLast(({ isByRule }) => !isByRule)
    const returned = changes.at(-1)
    if (!asked || !returned?.isByRule || String(asked.value) === String(returned.value)) continue
    differences.push({
      field: name,
      asked: await shown(field, asked.value),
      returned: await shown(field, returned.value),
    })
  }
  return { state: 'done', differences, wasPublic: false }

  async function shown(field: string, value: unknown): Promise<string> {
    const id = asId(value)
    if (field === 'priority') return value === null ? 'none' : String(value)
    if (field === 'assignee_id') return id === null ? 'nobody' : String(id)
    return (await zendesk.listGroups()).find((group) => group.id === id)?.name ?? String(id ?? 'none')
  }
}

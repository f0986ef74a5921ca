import type { DebtView } from '../../core/contract/knowledge.ts'
import type { Context } from '../context.ts'
import { gatherDebts } from '../knowledge/gather-debts.ts'
import { createPatterns } from '../knowledge/patterns.ts'
import { table } from './table.ts'

const LONGEST = 60

export async function showDebts(context: Context, { all, json }: { all: boolean; json: boolean }): Promise<string> {
  const { db, clock, account } = context
  const answer = await gatherDebts(account.id, { all }, { db, clock, patterns: createPatterns(db, clock) })
  if (json) return JSON.stringify(answer, null, 2)
  const { debts, open, overdue } = answer
  const first = `Articles owed: ${open}${overdue > 0 ? `, ${overdue} overdue` : ''}`
  if (debts.length === 0) return first
  const head = ['ESCALATION', 'TICKET', 'WHY', 'OWNER', 'AGE', 'DUE', 'STANDS', 'ABOUT']
  const rows = debts.map((debt) => [
    ...[debt.escalationId, `#${debt.ticketId}`, WHY[debt.why], debt.owner ?? 'NOBODY', `${debt.ageDays}d`],
    ...[`${debt.dueAt.slice(0, 10)}${debt.isOverdue ? ' OVERDUE' : ''}`, standing(debt), about(debt)],
  ])
  return [first, '', table(head, rows)].join('\n')
}

const WHY: Record<DebtView['why'], string> = {
  drafted: 'was promised',
  'called-for': 'policy asks',
  unsaid: 'nobody said',
  pattern: 'known, not captured',
}

function standing({ settled, drafts }: DebtView): string {
  const draft = drafts.find((one) => one.standing === 'published') ?? drafts.at(0)
  if (settled) {
    const used = draft && draft.uses > 0 ? `, used ${draft.uses} times since ${draft.firstUsedAt!.slice(0, 10)}` : ''
    return `${settled.how} ${settled.at.slice(0, 10)}${used}`
  }
  if (!draft) return 'no draft'
  return draft.standing === 'refused' ? 'draft refused' : draft.standing === 'wanted' ? 'being drafted' : draft.standing
}

function about({ pattern, drafts }: DebtView): string {
  const [draft] = drafts
  const text = draft?.trouble ?? draft?.title ?? pattern?.name ?? ''
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

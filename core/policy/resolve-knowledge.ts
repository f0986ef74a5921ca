import { parseDuration } from '../units.ts'
import type { KnowledgeSettings } from './knowledge-policy.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

const USUAL_DUE = '5d'

export function resolveKnowledge(entry: EscalationEntry, report: Report): KnowledgeSettings {
  const { knowledge: given } = entry
  const due = parseDuration(given?.due ?? USUAL_DUE)!
  if (!given) return { drafts: null, draftFor: [], due, owner: 'resolver' }
  const path = ['escalation', 'knowledge']
  const hasOwners = (entry.components ?? []).some(({ owners = [] }) => owners.length > 0)
  if (given.owner === 'component_owner' && !hasOwners) {
    report.warn([...path, 'owner'], 'Not used: no component has "owners", so whoever resolved it owes the article')
  }
  return {
    drafts: {
      section: given.section,
      runbookSection: given.runbook_section ?? given.section,
      permissionGroup: given.permission_group,
      userSegment: given.user_segment,
      locale: given.locale ?? 'en-us',
      labels: [...new Set(given.labels ?? [])],
    },
    draftFor: [...new Set(given.draft_for ?? [])],
    due,
    owner: given.owner ?? 'resolver',
  }
}

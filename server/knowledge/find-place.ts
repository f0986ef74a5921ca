import type { DraftForm } from '../../core/knowledge/effect.ts'
import { nearest } from '../../core/nearest.ts'
import type { DraftPlace, HelpCenterName } from '../../core/policy/knowledge-policy.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { Guide, GuidePlace, UserSegment } from '../zendesk/guide.ts'

/** What stands in the way of a draft: a stable word, and what to do about it. */
export type PlaceTrouble = { reason: string; detail: string }

export type FoundPlace = { sectionId: number; runbookSectionId: number; permissionGroupId: number; segmentId: number }

export type Looked = { ok: true; place: FoundPlace } | { ok: false; troubles: PlaceTrouble[] }

/**
 * Looks up in the Help Center what the policy names. A user segment that lets anybody but agents read is a trouble: drafts
 * quote what was written for colleagues.
 *
 * @throws {ZendeskError} for what may succeed later
 */
export async function findPlace(wanted: DraftPlace, guide: Guide): Promise<Looked> {
  let found: [GuidePlace[], GuidePlace[], UserSegment[]]
  try {
    found = await Promise.all([guide.listSections(), guide.listPermissionGroups(), guide.listSegments()])
  } catch (error) {
    const trouble = error instanceof ZendeskError ? troubleOf(error) : null
    if (trouble === null) throw error
    return { ok: false, troubles: [trouble] }
  }
  const [sections, groups, segments] = found
  const troubles: PlaceTrouble[] = []
  const section = named('section', wanted.section, sections)
  const runbooks = named('runbook_section', wanted.runbookSection, sections)
  const group = named('permission_group', wanted.permissionGroup, groups)
  const segment = named('user_segment', wanted.userSegment, segments)
  if (segment && !segment.isForAgents) {
    troubles.push({
      reason: 'segment-not-for-agents',
      detail: `The user segment “${segment.name}” is not for agents alone. Name one of the kind “staff” in knowledge.user_segment.`,
    })
  }
  if (!section || !runbooks || !group || !segment || troubles.length > 0) return { ok: false, troubles }
  return {
    ok: true,
    place: {
      ...{ sectionId: section.id, runbookSectionId: runbooks.id },
      ...{ permissionGroupId: group.id, segmentId: segment.id },
    },
  }

  function named<T extends GuidePlace>(key: string, name: HelpCenterName, rows: readonly T[]): T | null {
    const matches = rows.filter((row) => row.id === name || row.name === name)
    if (matches.length === 1) return matches[0]!
    if (troubles.some(({ detail }) => detail.includes(`“${name}”`))) return null
    const what = WHAT[key]!
    const meant = nearest(
      String(name),
      rows.map((row) => row.name),
    )
    const detail =
      matches.length > 1
        ? `The Help Center has several ${what}s named “${name}”. Write the id of one in knowledge.${key}.`
        : `The Help Center has no ${what} “${name}”${meant ? `; is “${meant}” meant?` : '.'} Make it, or correct knowledge.${key}.`
    troubles.push({ reason: `${what.replaceAll(' ', '-')}-missing`, detail })
    return null
  }
}

const WHAT: Record<string, string> = {
  section: 'section',
  runbook_section: 'section',
  permission_group: 'permission group',
  user_segment: 'user segment',
}

export function sectionFor(form: DraftForm, { sectionId, runbookSectionId }: FoundPlace): number {
  return form === 'runbook' ? runbookSectionId : sectionId
}

/** Null for what may succeed later. */
function troubleOf({ failure, reason }: ZendeskError): PlaceTrouble | null {
  if (failure === 'not-found') {
    return {
      reason: 'no-help-center',
      detail:
        'This account has no Help Center: its plan has no Guide, or it was not activated. No draft can be written.',
    }
  }
  if (reason === 'insufficient-scope') {
    return {
      reason,
      detail: 'Baton’s OAuth client lacks the scopes hc:read and hc:write (or read and write). Give it those.',
    }
  }
  if (failure === 'denied' && reason !== 'not-signed-in') {
    return { reason: 'guide-denied', detail: 'Baton’s user is no admin of Guide. Make it one in Guide’s settings.' }
  }
  return null
}

import type { Policy } from '../../core/policy/policy.ts'
import { findPlace } from '../knowledge/find-place.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { createGuide, type GuideApi } from '../zendesk/guide.ts'
import type { Finding } from './doctor.ts'

/** Looks whether drafts of articles have a place to go, and whether agents alone would read them. Writes nothing. */
export async function knowledgeFindings({ knowledge }: Policy, api: GuideApi): Promise<Finding[]> {
  const { drafts } = knowledge
  if (drafts === null) return []
  try {
    const looked = await findPlace(drafts, createGuide(api))
    if (!looked.ok) {
      return looked.troubles.map(({ detail }) => ({ level: 'failure', title: 'Drafts of articles', advice: detail }))
    }
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    return [
      { level: 'warning', title: 'Drafts of articles', advice: 'The Help Center does not answer; run this again.' },
    ]
  }
  const title = 'Drafts of articles have a section, and agents alone would read them'
  return [{ level: 'ok', title, advice: null }]
}

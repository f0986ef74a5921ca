import type { Standing } from '../../core/escalation/facts.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { type Clock, MINUTE_MS } from '../../core/units.ts'
import { createPeople } from '../observe/read-author.ts'
import { type Member, standingIn } from '../observe/standing.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { Group } from '../zendesk/people.ts'
import { createKeptAnswers } from './kept-answers.ts'

/** Somebody who looks at the sidebar, and the account's groups. */
export type Viewer = Member & { groups: readonly Group[] }

/** `unknown`: Zendesk does not say right now. Null for nobody of ours. */
export type ViewerReading = Viewer | 'unknown' | null

export type Viewers = {
  get(accountId: number, claimedUser: string | null | undefined, zendesk: ZendeskClient): Promise<ViewerReading>
}

/** Groups change rarely, sidebars look often, and what is shown decides nothing. */
const KEPT_MS = 10 * MINUTE_MS
const MOST_KEPT = 2_000

/**
 * Who somebody is, by the user id that their browser says: any agent can say any, so it only chooses what is shown.
 */
export function createViewers(clock: Clock): Viewers {
  const kept = createKeptAnswers<Viewer | null>(clock, KEPT_MS, MOST_KEPT)
  return { get }

  async function get(
    accountId: number,
    claimedUser: string | null | undefined,
    zendesk: ZendeskClient,
  ): Promise<ViewerReading> {
    const userId = Number(claimedUser ?? Number.NaN)
    if (!Number.isSafeInteger(userId) || userId <= 0) return null
    try {
      return await kept.get(`${accountId}/${userId}`, () => read(userId, zendesk))
    } catch (error) {
      if (error instanceof ZendeskError) return 'unknown'
      throw error
    }
  }
}

async function read(userId: number, zendesk: ZendeskClient): Promise<Viewer | null> {
  const people = createPeople(zendesk, [])
  const author = await people.authorOf(userId)
  if (!author || author.role === 'end-user') return null
  const [groupIds, groups] = await Promise.all([people.groupIdsOf(userId), zendesk.listGroups()])
  return { author: { ...author, groupIds }, email: await people.emailOf(userId), groups }
}

/** What the viewer is to an escalation. While nobody can say, everything is shown: Baton decides once a command comes. */
export function standingOf(viewer: Exclude<ViewerReading, null>, escalation: Escalation, policy: Policy): Standing {
  if (viewer === 'unknown') {
    return { isReceiver: true, isEscalator: true, isLead: true, isAdmin: true, isApprover: true }
  }
  return standingIn(viewer, escalation, viewer.groups, policy)
}

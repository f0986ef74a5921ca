import type { TellTicket } from '../../core/escalation/effects.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import { type Draft, markOf, writeDraft } from '../../core/knowledge/draft.ts'
import { type DraftArticle, draftLabel } from '../../core/knowledge/effect.ts'
import type { DraftPlace } from '../../core/policy/knowledge-policy.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { type Clock, DAY_MS } from '../../core/units.ts'
import { Refused } from '../act/refused.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { keepEffects } from '../engine/record.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { isTransient, ZendeskError } from '../zendesk/error.ts'
import { createGuide, type GuideArticle } from '../zendesk/guide.ts'
import { findPlace, sectionFor } from './find-place.ts'
import { readNames } from './read-names.ts'

export type DraftDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueueAll'>
  zendesk: ZendeskClient
  /** In force. */
  policy: Policy
}

/** Clocks of two machines differ by less; so far before it was asked for, no draft of it can be. */
const LOOKED_BACK_MS = DAY_MS

/**
 * Writes one draft to the Help Center, for agents alone, and has the ticket told where it is. It is never published by us.
 * Safe to run twice: what was written before the server could note it is found by its label, or by the line at its end where
 * the plan has no labels.
 *
 * @throws {Refused} when it cannot be written as things stand; the ticket is told so, once
 */
export async function draftArticle(effect: DraftArticle, accountId: number, deps: DraftDeps): Promise<void> {
  const { db } = deps
  const { isWritten, escalation } = await inAccount(db, accountId, async (tx) => {
    const { escalations } = await readTicketState(tx, effect.ticketId)
    const escalation = escalations.find(({ id }) => id === effect.escalationId) ?? null
    return { escalation, isWritten: await isWrittenAlready(tx, effect) }
  })
  if (isWritten) return
  try {
    const article = await write(effect, escalation, deps)
    await inAccount(db, accountId, (tx) => keepWritten(tx, effect, article, accountId, deps))
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble !== null) await inAccount(db, accountId, (tx) => keepTrouble(tx, effect, trouble, accountId, deps))
    throw error
  }
}

async function write(effect: DraftArticle, escalation: Escalation | null, deps: DraftDeps): Promise<GuideArticle> {
  const { zendesk, policy, clock } = deps
  const { drafts } = policy.knowledge
  if (!escalation?.resolution)
    throw new Refused('not-resolved', 'It is not resolved, so there is nothing to write down.')
  if (drafts === null) {
    throw new Refused('no-place', 'The policy does not say where drafts go. Add `knowledge:`; docs/policy.md says how.')
  }
  const guide = createGuide(zendesk)
  const looked = await findPlace(drafts, guide)
  if (!looked.ok) throw new Refused(looked.troubles[0]!.reason, looked.troubles.map(({ detail }) => detail).join(' '))
  const { place } = looked
  const sectionId = sectionFor(effect.form, place)
  const since = Math.min(escalation.resolution.at, clock.now()) - LOOKED_BACK_MS
  const known = (await guide.newestIn(sectionId, drafts.locale, since)).find((one) => isOf(one, effect))
  if (known) return known

  const { title, html } = await textOf(effect, escalation, deps)
  const { permissionGroupId, segmentId } = place
  const labels = [...new Set([...drafts.labels, 'baton', draftLabel(effect.escalationId), effect.form])]
  return guide.createDraft({
    ...{ sectionId, permissionGroupId, segmentId, locale: drafts.locale, labels, title, html },
  })
}

/** Labels are not in every plan; the line at the end is in every draft. */
function isOf({ labels, body, title }: GuideArticle, { escalationId, form }: DraftArticle): boolean {
  const isRunbook = labels.includes('runbook') || title.startsWith('Runbook: ')
  const isNamed = labels.includes(draftLabel(escalationId)) || body.includes(markOf(escalationId))
  return isNamed && isRunbook === (form === 'runbook')
}

async function textOf(effect: DraftArticle, escalation: Escalation, { zendesk, policy }: DraftDeps): Promise<Draft> {
  const { note, resolution } = escalation
  const component = policy.components.find(({ id }) => id === note.triage.component)?.name ?? ''
  const names = await readNames(effect.ticketId, note, zendesk)
  return writeDraft({ escalationId: escalation.id, note, resolution: resolution!, component, names }, effect.form)
}

async function isWrittenAlready(tx: AccountTransaction, { escalationId, form }: DraftArticle): Promise<boolean> {
  const row = await tx
    .selectFrom('article_draft')
    .select('article_id')
    .where('escalation_id', '=', escalationId)
    .where('form', '=', form)
    .executeTakeFirst()
  return typeof row?.article_id === 'number'
}

async function keepWritten(
  tx: AccountTransaction,
  effect: DraftArticle,
  article: GuideArticle,
  accountId: number,
  { clock, jobs, policy }: DraftDeps,
): Promise<void> {
  const now = clock.now()
  await tx
    .updateTable('article_draft')
    .set({
      ...{ article_id: article.id, title: article.title, url: article.url, locale: article.locale, trouble: null },
      ...{ standing: 'draft', written_at: now, looked_at: null },
    })
    .where('escalation_id', '=', effect.escalationId)
    .where('form', '=', effect.form)
    .execute()
  await tx
    .updateTable('article_debt')
    .set({ article_url: article.url })
    .where('escalation_id', '=', effect.escalationId)
    .where('settled_at', 'is', null)
    .execute()
  const comment = toldComment(effect, article, policy.knowledge.drafts!)
  await tell(tx, effect, `${effect.id}.told`, comment, { accountId, now, jobs })
}

function toldComment(
  { escalationId, form }: DraftArticle,
  { title, url }: GuideArticle,
  { locale }: DraftPlace,
): string {
  const what = form === 'article' ? 'An article' : 'A runbook'
  return [
    `${what} for ${escalationId} is drafted in the Help Center (${locale}), for agents alone: ${title}`,
    url,
    'Nobody else sees it. Read it, correct it and publish it; until then it counts as owed.',
  ].join('\n')
}

async function keepTrouble(
  tx: AccountTransaction,
  effect: DraftArticle,
  trouble: string,
  accountId: number,
  { clock, jobs }: DraftDeps,
): Promise<void> {
  await tx
    .updateTable('article_draft')
    .set({ standing: 'refused', trouble })
    .where('escalation_id', '=', effect.escalationId)
    .where('form', '=', effect.form)
    .execute()
  const comment = `No draft was written for ${effect.escalationId}. ${trouble}`
  await tell(tx, effect, `${effect.id}.refused`, comment, { accountId, now: clock.now(), jobs })
}

async function tell(
  tx: AccountTransaction,
  { escalationId, ticketId, afterAuditId }: DraftArticle,
  id: string,
  comment: string,
  { accountId, now, jobs }: { accountId: number; now: number; jobs: DraftDeps['jobs'] },
): Promise<void> {
  const telling: TellTicket = {
    ...{ kind: 'tell-ticket', id, escalationId, ticketId, afterAuditId, comment, notBefore: null },
  }
  await keepEffects(tx, [telling], { accountId, now })
  await jobs.enqueueAll(tx, 'act', [{ accountId, effectId: id }])
}

/** In words for people; null for what may succeed later. */
function troubleOf(error: unknown): string | null {
  if (error instanceof Refused) return error.detail
  if (!(error instanceof ZendeskError) || isTransient(error) || error.reason === 'not-signed-in') return null
  return `Zendesk refused it (${error.reason}). An admin finds the call in the server’s log.`
}

import { openEscalation } from '../../core/escalation/state.ts'
import { type Agenda, agendaOf, weekOf } from '../../core/review/agenda.ts'
import { backlogItem } from '../../core/review/backlog.ts'
import {
  NO_ANSWERS,
  type PostAnswers,
  type PostReview,
  type PostState,
  postReviewsOf,
  postStateOf,
} from '../../core/review/post.ts'
import { casesIn, monthBefore, monthSpan, type ReasonReview, reviewReasons } from '../../core/review/reasons.ts'
import { staysOf, usualOf } from '../../core/review/stays.ts'
import type { StoryLine } from '../../core/review/write-post.ts'
import { type Clock, DAY_MS } from '../../core/units.ts'
import { readTimeline } from '../api/timeline.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { majorEscalations } from '../incident/store.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { endedTickets, openTickets, stageEvents, ticketsAskedFor } from './read-record.ts'
import { decisionsOf, keepWeekly, lastWeekly, postRecords } from './store.ts'

export type ReviewDeps = { db: Database; clock: Clock; calendars: Calendars }

/** How far back peers are looked for. */
const PEERS_MS = 180 * DAY_MS
/** Older escalations get no review any more. */
const REVIEWED_MS = 90 * DAY_MS
const MOST_STORY_LINES = 500

/** This week's agenda. `keep`: the review is held, and the next one is compared with it. */
export async function gatherAgenda(accountId: number, deps: ReviewDeps, { keep }: { keep: boolean }): Promise<Agenda> {
  const { db, clock, calendars } = deps
  const now = clock.now()
  const { reviews: settings } = await policyFor(db, accountId, null, now)
  const { calendarOf } = await calendars.of(accountId)
  return inAccount(db, accountId, async (tx) => {
    const states = await openTickets(tx)
    const usual = usualOf(staysOf(await stageEvents(tx, now - PEERS_MS)), settings.least)
    const items = states.flatMap((state) => backlogItem(state, { now, calendarOf, settings, usual }) ?? [])
    const week = weekOf(now)
    const agenda = agendaOf({
      ...{ now, items, open: states.flatMap((state) => openEscalation(state)?.id ?? []) },
      ...{ decided: await decisionsOf(tx, week), last: await lastWeekly(tx, week) },
    })
    if (keep) await keepWeekly(tx, accountId, agenda)
    return agenda
  })
}

/** @returns null when `month` is none */
export async function gatherReasons(accountId: number, deps: ReviewDeps, month: string): Promise<ReasonReview | null> {
  const { db, clock } = deps
  const span = monthSpan(month)
  if (!span) return null
  const { reviews } = await policyFor(db, accountId, null, clock.now())
  const { from } = monthSpan(monthBefore(month))!
  const states = await inAccount(db, accountId, (tx) => ticketsAskedFor(tx, from, span.to))
  const before = casesIn(states, from, span.from)
  return reviewReasons(casesIn(states, span.from, span.to), month, reviews.least, before)
}

export type GatheredPost = PostReview & {
  state: PostState
  answers: PostAnswers
  doneBy: string | null
}

/** The reviews that ended escalations call for, soonest due first. */
export async function gatherPosts(accountId: number, { db, clock, calendars }: ReviewDeps): Promise<GatheredPost[]> {
  const now = clock.now()
  const { reviews: settings } = await policyFor(db, accountId, null, now)
  const { calendarOf } = await calendars.of(accountId)
  return inAccount(db, accountId, async (tx) => {
    const major = await majorEscalations(tx)
    const records = await postRecords(tx)
    const states = await endedTickets(tx, now - REVIEWED_MS)
    return states
      .flatMap((state) => postReviewsOf(state, settings, (id) => major.has(id), calendarOf))
      .map((review) => {
        const record = records.get(review.escalationId)
        const state = postStateOf(review, record?.doneAt ?? null, now)
        return { ...review, state, answers: record?.answers ?? NO_ANSWERS, doneBy: record?.doneBy ?? null }
      })
      .toSorted((a, b) => a.dueAt - b.dueAt)
  })
}

/** What happened in the ticket of an escalation, while it lasted. */
export async function gatherStory(
  accountId: number,
  { db }: ReviewDeps,
  { ticketId, requestedAt, endedAt }: PostReview,
): Promise<StoryLine[]> {
  const timeline = await inAccount(db, accountId, (tx) => readTimeline(tx, ticketId, MOST_STORY_LINES))
  return timeline
    .map(({ at, by, text }) => ({ at: Date.parse(at), by: by?.name ?? null, text }))
    .filter(({ at }) => at >= requestedAt && at <= endedAt)
}

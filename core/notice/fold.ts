import type { Card, Notice, Recipient, Section } from './notice.ts'
import { moreUrgent } from './urgency.ts'
import type { NoticeUrgency } from './words.ts'

/** Notices that go out as one message. */
export type Fold = readonly [Notice, ...Notice[]]

export type Folded = {
  /** In the order they are sent. */
  folds: Fold[]
  /** Pages that nobody needs any more: it was accepted or is over. */
  overtaken: Notice[]
}

/** What one message says. */
export type Message = {
  escalationId: string
  subject: string
  urgency: NoticeUrgency
  recipients: readonly Recipient[]
  /** One for each notice that says something. */
  parts: readonly { subject: string; opening: string; sections: readonly Section[] }[]
  card: Card
}

/**
 * Puts together what waits in one lane, so that a channel that was away does not bring a storm. Nothing is lost: every
 * notice is in one fold or overtaken, once.
 *
 * @param waiting of one lane, oldest first
 */
export function foldNotices(waiting: readonly Notice[]): Folded {
  const channel = waiting[0]?.channel
  if (channel === 'pagerduty') return foldPages(waiting)
  // Each is signed and numbered for a program, which reads one at a time.
  if (channel === 'webhook') return { folds: waiting.map((notice) => [notice]), overtaken: [] }
  const folds: Notice[][] = []
  for (const notice of waiting) {
    const last = folds.at(-1)
    if (last && !standsAlone(notice) && !standsAlone(last[0]!)) last.push(notice)
    else folds.push([notice])
  }
  return { folds: folds as [Notice, ...Notice[]][], overtaken: [] }
}

/** What somebody is to copy and send to the customer holds nothing else. */
function standsAlone({ kind }: Notice): boolean {
  return kind === 'customer-confirmation'
}

function foldPages(waiting: readonly Notice[]): Folded {
  const folds: [Notice, ...Notice[]][] = []
  const overtaken: Notice[] = []
  for (const [, pages] of Map.groupBy(waiting, ({ handOver }) => handOver)) {
    const isAnswered = (index: number) => pages.slice(index + 1).some(({ page }) => page !== 'trigger')
    const triggers = pages.filter(({ page }, index) => page === 'trigger' && !isAnswered(index))
    overtaken.push(...pages.filter(({ page }, index) => page === 'trigger' && isAnswered(index)))
    for (const page of pages) if (page.page !== 'trigger') folds.push([page])
    if (triggers.length > 0) folds.push(triggers as [Notice, ...Notice[]])
  }
  return { folds, overtaken }
}

/** Everything the notices of a fold say, in their order, with how the escalation stands at the last of them. */
export function messageOf(fold: Fold): Message {
  const speaking = fold.filter(({ kind }) => kind !== 'state')
  const [first = fold[0], ...more] = speaking
  const known = new Set<string>()
  return {
    escalationId: first.escalationId,
    subject: more.length === 0 ? first.subject : `${first.subject} (and ${more.length} more)`,
    urgency: fold.map(({ urgency }) => urgency).reduce(moreUrgent),
    recipients: fold
      .flatMap(({ recipients }) => recipients)
      .filter(({ role, contact }) => {
        const key = `${role}/${contact.name}`
        return !known.has(key) && known.add(key)
      }),
    parts: speaking.map(({ subject, opening, sections }) => ({ subject, opening, sections })),
    card: fold.at(-1)!.card,
  }
}

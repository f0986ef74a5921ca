import { writeInstant } from '../escalation/write-instant.ts'
import type { Instant } from '../units.ts'
import type { ClockVerdict, PostAnswers, PostReview } from './post.ts'
import { plain, span } from './words.ts'

/** A line of the story. */
export type StoryLine = { at: Instant; by: string | null; text: string }

/** A post-escalation review as Markdown: filled in by the record as far as it can say. */
export function postMarkdown(review: PostReview, story: readonly StoryLine[], answers: PostAnswers): string {
  const { escalationId, ticketId, severity, summary, account, requestedAt, endedAt, dueAt, clocks, counts } = review
  return [
    `# Review of ${escalationId} (#${ticketId}, ${severity})`,
    '',
    `${plain(summary) || 'No summary'} (${plain(account) || 'no account'})`,
    '',
    `From ${writeInstant(requestedAt)} to ${writeInstant(endedAt)}, ${span(endedAt - requestedAt)}; tiers ${review.tiers.join(', ')}. Review due on ${writeInstant(dueAt)}.`,
    `${counts.handOvers} hand-overs (${counts.raised} by itself), sent back ${counts.returns} times, ${counts.hadToAsk} times something had to be asked, ${counts.helpers} helpers, ${counts.reports} reports of progress.`,
    '',
    '## What happened',
    '',
    ...story.map(({ at, by, text }) => `- ${writeInstant(at)}${by === null ? '' : ` ${plain(by)}`}: ${plain(text)}`),
    '',
    '## Clocks',
    '',
    ...(clocks.length === 0 ? ['None ran.'] : clocks.map(tellClock)),
    '',
    '## Causes',
    '',
    ...causeLines(review),
    ...answer('What went well', answers.wentWell),
    ...answer('What went badly', answers.wentBadly),
    ...answer('What we change', answers.actions),
    '',
  ].join('\n')
}

export function tellClock({ name, tier, verdict, targetMs, elapsedMs }: ClockVerdict): string {
  const place = tier === null ? '' : ` of tier ${tier}`
  return `- ${name}${place}: ${verdict}, ${span(elapsedMs)} of ${span(targetMs)}`
}

function causeLines({ causes, article }: PostReview): string[] {
  if (!causes || !article) return ['It ended without a resolution.']
  const lower = { true: 'yes', false: 'no', null: 'nobody said' }[String(causes.couldBeLower)]
  const about = article.url || article.reason
  return [
    `- Root cause: ${plain(causes.rootCause)}`,
    `- Resolution: ${causes.resolution}; ${plain(causes.fix)}`,
    `- Could have been solved lower: ${lower}`,
    `- Article: ${article.answer}${about ? ` (${plain(about)})` : ''}`,
  ]
}

function answer(title: string, text: string): string[] {
  return ['', `## ${title}`, '', text.trim() || '__________']
}

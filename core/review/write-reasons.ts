import type { CoachingPattern, CoachingTopic, CoachingTrend } from './coaching.ts'
import type { Part } from './parts.ts'
import type { ReasonReview } from './reasons.ts'
import type { Share } from './share.ts'
import { percent, plain } from './words.ts'

/** The monthly review of reasons as Markdown. */
export function reasonsMarkdown(review: ReasonReview): string {
  const { month, escalations, byTier, byReason, via, returned, couldBeLower, coaching, least } = review
  return [
    `# Why tickets were escalated in ${month}`,
    '',
    `${escalations} escalations: ${via.note} with a note, ${via.move} moved by hand; ${via.raised} were raised by a timer or target.`,
    `What occurs fewer than ${least} times is not shown apart. Shares stand with their 95 % interval.`,
    ...byTier.flatMap(({ tier, count, categories }) => ['', `## To tier ${tier}: ${count}`, '', ...lines(categories)]),
    ...section('What the policy decided by', byReason),
    '',
    `## Sent back: ${percent(returned.share)}`,
    '',
    ...lines(returned.reasons),
    '',
    `## Could have been solved lower: ${percent(couldBeLower)}`,
    '',
    'As the receivers said when they resolved them.',
    '',
    '## What to teach',
    '',
    'By pattern, then by topic, then by person; each with its escalations. Meant to improve, not to blame.',
    ...coaching.flatMap(patternLines),
    '',
  ].join('\n')
}

function section(title: string, parts: readonly Part[]): string[] {
  return ['', `## ${title}`, '', ...lines(parts)]
}

function lines(parts: readonly Part[]): string[] {
  if (parts.length === 0) return ['None.']
  return parts.map(({ name, count }) => `- ${name === null ? 'others' : plain(name)}: ${count}`)
}

function patternLines({ title, definition, share, before, trend, details, topics }: CoachingPattern): string[] {
  return [
    ...['', `### ${title}: ${percent(share)}${against(before, trend)}`, '', definition],
    ...(details.length > 0 ? ['', ...lines(details)] : []),
    ...['', ...(topics.length === 0 ? ['No topic stands out.'] : topics.flatMap(topicLines))],
  ]
}

/** A list that goes on for pages is read by nobody; the data has all. */
const MOST_EVIDENCE = 20

function topicLines({ topic, share, before, trend, details, evidence, people }: CoachingTopic): string[] {
  const shown = evidence.slice(0, MOST_EVIDENCE).map(({ escalationId }) => escalationId)
  const more = evidence.length > MOST_EVIDENCE ? ` and ${evidence.length - MOST_EVIDENCE} more` : ''
  return [
    `- ${plain(topic)}: ${percent(share)}${against(before, trend)}`,
    ...(details.length > 0 ? [`  - ${details.map(({ name, count }) => `${nameOf(name)} ${count}`).join(', ')}`] : []),
    `  - ${shown.join(', ')}${more}`,
    ...people.map(({ name, share: own }) => `  - ${plain(name)}: ${percent(own)}`),
  ]
}

function against(before: Share | null, trend: CoachingTrend): string {
  if (before === null) return ''
  const words = trend === 'unclear' ? '' : `, ${trend}`
  return `; the month before ${percent(before)}${words}`
}

function nameOf(name: string | null): string {
  return name === null ? 'others' : plain(name.replaceAll('_', ' '))
}

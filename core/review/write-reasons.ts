import type { Part, ReasonReview } from './reasons.ts'
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
    '## Topics to teach',
    '',
    ...(coaching.length === 0 ? ['None stands out.'] : []),
    ...coaching.flatMap(({ topic, lower, people }) => [
      `- ${plain(topic)}: ${percent(lower)} could have been solved lower`,
      ...people.map(({ name, lower: own }) => `  - ${plain(name)}: ${percent(own)}`),
    ]),
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

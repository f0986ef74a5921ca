import type { Criterion } from './criteria.ts'
import type { Ending } from './life-state.ts'
import type { Escalation } from './state.ts'

type Finished = { how: Ending['how']; name: string; missing: readonly Criterion[]; reason?: string }

/** What whoever gets the ticket back reads: what came of it, in short. Plain text. */
export function finishComment(escalation: Escalation, { how, name, missing, reason }: Finished): string {
  const { id, from, requestedBy, resolution, helpers, issues } = escalation
  return [
    `${id} is ${how} by ${name}${reason ? `: ${reason}` : '.'}`,
    `The ticket goes back to ${from.groupName ?? requestedBy.name}.`,
    ...(resolution
      ? [
          '',
          `Root cause: ${resolution.rootCause}`,
          `Fix: ${resolution.fix}`,
          ...(resolution.articleUrl ? [`Article: ${resolution.articleUrl}`] : []),
        ]
      : []),
    ...issues.map(({ key, url }) => `Issue: ${key} ${url}`),
    ...(helpers.length > 0 ? [`Helped: ${helpers.map((one) => one.name).join(', ')}`] : []),
    ...(missing.length > 0 ? ['', `Done without: ${missing.map((one) => one.replaceAll('_', ' ')).join(', ')}.`] : []),
  ].join('\n')
}

import { AUDITED_A_MONTH } from './audit-sample.ts'
import { LEAST_CASES } from './patterns.ts'

/** What stands beside the figure of deflection, so that nobody takes it for more than it is. */
export const ASSUMPTIONS: readonly string[] = [
  `A pattern is at least ${LEAST_CASES} resolved escalations of one component with a like root cause; nothing is said of what came less often.`,
  'Hours are those an escalation was with tier 2 or above, at every hour of the day, without the time it was returned; the median of a pattern stands for each of it.',
  'Resolvable lower is what the receiver marked; where nobody marked it, missing information, how-to, configuration, duplicate and known issue count as such, and the rest as unknown.',
  'What is unknown is left out of the share; the share of those that are known stands for all of a pattern.',
  'The interval is Wilson’s of that share. Hours of several patterns are added up as if the patterns were independent.',
  'A pattern counts as covered when an article about it is published and somebody has used it since.',
  'An article counts as there since it was created in the Help Center, or since we saw it published if Baton drafted it; one of another knowledge base since somebody first linked it.',
  'Tickets that were merged into another are left out. Nothing here comes from page views or from Zendesk’s own reports.',
  `${AUDITED_A_MONTH} escalations a month are drawn by lot to be looked at by somebody else; their verdicts stand beside the marks.`,
]

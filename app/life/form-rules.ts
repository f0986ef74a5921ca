import type { Answer, CommandName } from '../../core/command/forms.ts'
import type { Stage } from '../../core/contract/api.ts'
import { EscalationId } from '../../core/contract/escalation-id.ts'
import type { Instant } from '../../core/units.ts'
import { isBlank, type Written } from '../sidebar/forms.ts'
import type { LifeKey } from './texts/en.ts'
import { readWritten } from './zoned-time.ts'

/** How a field of a command is written where its kind alone does not say it. */
export type Shape = 'plain' | 'day' | 'moment' | 'headings' | 'place'

const SHAPES: Partial<Record<string, Shape>> = {
  'progress.estimated_resolution': 'moment',
  'decide-release.date': 'day',
  'return.missing': 'headings',
  'had-to-ask.sections': 'headings',
  'hand-on.queue': 'place',
}

export function shapeOf(command: CommandName, path: string): Shape {
  return SHAPES[`${command}.${path}`] ?? 'plain'
}

type Answers = { [N in CommandName]: Answer<N> }

/** Fields that only matter after another answer; the rest is always asked for. */
const ASKED: { [N in CommandName]?: Record<string, (answer: Answers[N], stage: Stage) => boolean> } = {
  return: { missing: ({ reason }) => reason === 'incomplete' },
  // Chosen together with the queue.
  'hand-on': { tier: () => false },
  resolve: {
    article_url: ({ article }) => article !== null && article !== 'not_needed',
    article_reason: ({ article }) => article === 'not_needed',
  },
  deescalate: { customer_confirmed: (_, stage) => stage !== 'returned' },
}

export function isAsked<N extends CommandName>(command: N, path: string, answer: Written<N>, stage: Stage): boolean {
  const asked = ASKED[command]?.[path] as ((answer: Written<N>, stage: Stage) => boolean) | undefined
  return asked ? asked(answer, stage) : true
}

/** What keeps an answer from being carried out: a field, and what to tell about it. */
export type Lack = { path: string; text: LifeKey }

/** The same that Baton asks for once the command is there, so that it need not refuse it. */
export function lacking<N extends CommandName>(command: N, answer: Written<N>, stage: Stage, now: Instant): Lack[] {
  const find = LACKING[command] as Look<Written<N>> | undefined
  return (find?.(answer, stage, now) ?? []).filter((one) => one !== false)
}

type Look<A> = (answer: A, stage: Stage, now: Instant) => (Lack | false)[]

const ADDRESS = /^https?:\/\/\S+$/i

const LACKING: { [N in CommandName]?: Look<Answers[N]> } = {
  return: ({ reason, missing, explanation }) => [
    reason === null && { path: 'reason', text: 'form.choice' },
    reason === 'incomplete' && isBlank(missing) && isBlank(explanation) && { path: 'missing', text: 'form.one' },
    reason === 'other' && isBlank(explanation) && { path: 'explanation', text: 'form.missing' },
  ],
  'ask-help': ({ people, skill }) => [isBlank(people) && isBlank(skill) && { path: 'people', text: 'form.one' }],
  'had-to-ask': ({ sections }) => [isBlank(sections) && { path: 'sections', text: 'form.one' }],
  'same-problem': ({ escalation }) => [
    !EscalationId.safeParse(escalation).success && { path: 'escalation', text: 'form.missing' },
  ],
  progress: ({ status, ...said }, stage, now) => [
    (status === null || status === stage) &&
      Object.values(said).every(isBlank) && { path: 'actions_taken', text: 'form.one' },
    dateLack('estimated_resolution', said.estimated_resolution, now),
  ],
  'hand-on': ({ tier, queue, reason }) => [
    tier === null && isBlank(queue) && { path: 'queue', text: 'form.choice' },
    isBlank(reason) && { path: 'reason', text: 'form.missing' },
  ],
  'link-issue': ({ url }) => [!ADDRESS.test(url.trim()) && { path: 'url', text: 'form.badUrl' }],
  'decide-release': ({ release, date }, _, now) => [
    release === null && { path: 'release', text: 'form.choice' },
    isBlank(date) ? { path: 'date', text: 'form.missing' } : dateLack('date', date, now),
  ],
  'fix-available': ({ version, what }) => [isBlank(version) && isBlank(what) && { path: 'what', text: 'form.one' }],
  resolve: ({ root_cause, resolution, fix, article, article_url, article_reason }) => [
    isBlank(root_cause) && { path: 'root_cause', text: 'form.missing' },
    resolution === null && { path: 'resolution', text: 'form.choice' },
    isBlank(fix) && { path: 'fix', text: 'form.missing' },
    article === null && { path: 'article', text: 'form.choice' },
    (article === 'linked' || article === 'improved') &&
      !ADDRESS.test(article_url.trim()) && { path: 'article_url', text: 'form.badUrl' },
    article === 'not_needed' && isBlank(article_reason) && { path: 'article_reason', text: 'form.missing' },
  ],
  deescalate: ({ rationale }) => [isBlank(rationale) && { path: 'rationale', text: 'form.missing' }],
  reject: ({ reason }) => [isBlank(reason) && { path: 'reason', text: 'form.missing' }],
}

function dateLack(path: string, written: string, now: Instant): Lack | false {
  if (isBlank(written)) return false
  const at = readWritten(written)
  if (at === null) return { path, text: 'form.badDate' }
  return at <= now && { path, text: 'form.pastDate' }
}

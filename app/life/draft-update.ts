import type { LifeView } from '../../core/contract/life.ts'
import type { Instant } from '../../core/units.ts'
import type { Formats } from '../i18n/text.tsx'
import type { LifeText } from './use-life-text.ts'

/**
 * What the customer could be told, out of the progress reports since they last heard from us. For somebody to read,
 * change and send: the reports were written for colleagues.
 */
export function draftUpdate(
  { progress, promise, estimate, fix }: LifeView,
  customer: string | null,
  text: LifeText,
  formats: Formats,
  now: Instant,
): string {
  const since = Date.parse(promise?.silentSince ?? '')
  const fresh = progress.filter(({ at }) => Number.isNaN(since) || Date.parse(at) >= since)
  const actions = fresh.flatMap((report) => report.actions)
  const cause = fresh.findLast((report) => report.cause !== '')?.cause
  const next = fresh.findLast((report) => report.nextSteps !== '')?.nextSteps
  const isAhead = estimate !== null && Date.parse(estimate) > now
  const paragraphs = [
    customer ? text('draft.hello', { name: customer }) : text('draft.helloAll'),
    text('draft.begin'),
    ...(actions.length > 0 ? [[text('draft.done'), ...actions.map((action) => `- ${action}`)].join('\n')] : []),
    ...(cause ? [text('draft.cause', { text: cause })] : []),
    ...(fix ? [text('draft.fix', { text: [fix.version, fix.what].filter(Boolean).join(', ') })] : []),
    ...(next ? [text('draft.next', { text: next })] : []),
    isAhead ? text('draft.estimate', { time: formats.time(estimate, now) }) : text('draft.working'),
  ]
  return `${paragraphs.join('\n\n')}\n`
}

import { type ExplainedStretch, type Explanation, explain } from '../../core/clock/explain.ts'
import { sentenceOf } from '../../core/clock/explain-sentence.ts'
import type { ClockExplanation } from '../../core/contract/api.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { shownClocks } from './clock-view.ts'
import { type ExplanationLanguage, wordsOf } from './explanation-words.ts'

/** Why a clock's deadline is when it is; null when the escalation that is shown has no such clock. */
export function clockExplanationOf(
  state: TicketState,
  { calendarOf }: AccountCalendars,
  clockId: string,
  language: ExplanationLanguage,
  now: Instant,
): ClockExplanation | null {
  const found = shownClocks(state, calendarOf, now).find(({ clock }) => clock.id === clockId)
  if (!found) return null
  const words = wordsOf(language)
  const { name, tier } = found.clock
  const explanation = explain(words.clock(name, tier), found.state, calendarOf, now)
  return explanation && shown(clockId, explanation, language)
}

function shown(id: string, explanation: Explanation, language: ExplanationLanguage): ClockExplanation {
  const { texts, by } = wordsOf(language)
  return {
    id,
    sentence: sentenceOf(explanation, texts),
    policyVersion: explanation.policyVersion,
    schedules: explanation.schedules.map(({ name, id, timezone, version }) => ({
      name: name ?? id ?? timezone,
      timezone,
      version,
    })),
    stretches: explanation.stretches.map((stretch) => ({
      from: new Date(stretch.from).toISOString(),
      to: new Date(stretch.to).toISOString(),
      kind: stretch.kind,
      because: becauseOf(stretch),
    })),
  }

  function becauseOf(stretch: ExplainedStretch): string | null {
    if (stretch.kind === 'holiday') return stretch.name
    if (stretch.kind !== 'paused') return null
    const why = stretch.status ?? stretch.why ?? texts.unknownPause
    return stretch.by === null ? why : `${why}, ${by} ${stretch.by}`
  }
}

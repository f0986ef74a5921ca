import { ENGLISH, type ExplanationTexts } from '../../core/clock/explain-sentence.ts'
import type { ClockName } from '../../core/clock/targets.ts'

/** Languages an explanation is written in; who asks for another gets English. */
export type ExplanationLanguage = 'en' | 'de'

export type ExplanationWords = {
  texts: ExplanationTexts
  /** Which clock it is, with its tier: a ticket has several. */
  clock(name: ClockName, tier: number | null): string
  by: string
}

export function wordsOf(language: ExplanationLanguage): ExplanationWords {
  return language === 'de' ? GERMAN_WORDS : ENGLISH_WORDS
}

/** @param asked a language tag such as `de-AT`, as the caller sent it */
export function explanationLanguage(asked: unknown): ExplanationLanguage {
  return typeof asked === 'string' && /^de\b/i.test(asked) ? 'de' : 'en'
}

const ENGLISH_WORDS: ExplanationWords = {
  texts: ENGLISH,
  clock: (name, tier) => (tier === null ? name : `tier ${tier} ${name.replaceAll('-', ' ')}`),
  by: 'by',
}

const GERMAN: ExplanationTexts = {
  deadline: 'Die {clock} läuft {until} ab: {counted} gezählt seit {startedAt}.',
  breach: 'Die {clock} war {until} abgelaufen: {counted} gezählt seit {startedAt}.',
  breachByTarget:
    'Die {clock} war {until} abgelaufen, als ihr Ziel {budget} wurde: {counted} waren seit {startedAt} gezählt.',
  rest: 'Die {clock} {phase}: {counted} von {budget} gezählt von {startedAt} bis {until}.',
  running: 'läuft',
  paused: 'ruht',
  stopped: 'ist beendet',
  cancelled: 'ist aufgehoben',
  waiting: 'hat noch nicht begonnen',
  notCounted: 'Nicht gezählt: {parts}.',
  closedPart: '{span} außerhalb der Arbeitszeit',
  holidayPart: '{span} an „{name}“ ({dates})',
  stoppedPart: '{span} beendet',
  cancelledPart: '{span} aufgehoben',
  pausedPart: '{span} Pause ({why})',
  pausedByPart: '{span} Pause ({why}, durch {by})',
  unknownPause: 'ohne Angabe',
  between: ', ',
  source: 'Policy {policy}; {schedules}.',
  noPolicy: 'unbekannt',
  schedule: 'Kalender {name}, Fassung {version}',
  everyHour: 'jede Stunde zählt',
}

const GERMAN_NAMES: Record<ClockName, string> = {
  customer: 'Kundenfrist',
  'first-response': 'Frist für die erste Antwort',
  resolution: 'Lösungsfrist',
  acknowledge: 'Annahmefrist',
  investigate: 'Untersuchungsfrist',
  fix: 'Behebungsfrist',
  'fix-to-customer': 'Frist bis zur Nachricht an den Kunden',
}

const GERMAN_WORDS: ExplanationWords = {
  texts: GERMAN,
  clock: (name, tier) => (tier === null ? GERMAN_NAMES[name] : `${GERMAN_NAMES[name]} von L${tier}`),
  by: 'durch',
}

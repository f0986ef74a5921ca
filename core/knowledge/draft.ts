import type { Resolution } from '../escalation/life-state.ts'
import type { Note } from '../note/note.ts'
import { escapeHtml } from '../packet/escape-html.ts'
import type { DraftForm } from './effect.ts'
import { scrub } from './scrub.ts'

/** All that a draft may be made of. Whatever else a note holds stays in the ticket. */
export type DraftSource = {
  escalationId: string
  note: {
    issue: Pick<Note['issue'], 'summary' | 'symptoms'>
    diagnostics: Pick<Note['diagnostics'], 'environment' | 'reproduction_steps'>
    steps_taken: Note['steps_taken']
  }
  resolution: Pick<Resolution, 'rootCause' | 'fix' | 'code'>
  /** As the policy names it; empty for none. */
  component: string
  /** Of customers, their people and organisations; none of them is in the draft. */
  names: readonly string[]
}

export type Draft = { title: string; html: string }

const LONGEST_TITLE = 120

/** An article or a runbook as a person may go on writing it: HTML, escaped, and without a word of who the customer is. */
export function writeDraft(source: DraftSource, form: DraftForm): Draft {
  const { note, resolution, component, names } = source
  const clean = (text: string) => scrub(text, names).trim()
  const lines = (texts: readonly string[]) => texts.map(clean).filter((text) => text !== '')
  const { summary, symptoms } = note.issue
  const { environment, reproduction_steps } = note.diagnostics
  const parts =
    form === 'article'
      ? [
          prose('Problem', clean(summary)),
          list('Symptoms', lines(symptoms)),
          prose('Environment', clean(environment)),
          list('How to reproduce it', lines(reproduction_steps), 'ol'),
          prose('Cause', clean(resolution.rootCause)),
          prose('Fix', clean(resolution.fix)),
        ]
      : [
          prose('When', clean(summary)),
          list('How to recognise it', lines(symptoms)),
          prose('Environment', clean(environment)),
          list('Check first', lines(note.steps_taken), 'ol'),
          prose('Cause', clean(resolution.rootCause)),
          list('Steps', lines(stepsOf(resolution.fix)), 'ol'),
        ]
  return { title: titleOf(clean(summary), clean(component), form), html: [...parts, foot(source)].join('') }
}

/** Names the escalation, which says nothing to anybody outside and lets the draft be found again. */
export function markOf(escalationId: string): string {
  return `Drafted by Baton from ${escalationId}.`
}

function foot({ escalationId, resolution }: DraftSource): string {
  const words = resolution.code.replaceAll('_', ' ')
  const text = `${markOf(escalationId)} Resolved by: ${words}. Read it before you publish it: it was written for colleagues.`
  return `<p><em>${escapeHtml(text)}</em></p>`
}

function titleOf(summary: string, component: string, form: DraftForm): string {
  const [first = ''] = summary.split('\n')
  const said = first === '' ? 'Escalation' : first
  const whole = `${form === 'runbook' ? 'Runbook: ' : ''}${component === '' ? '' : `${component}: `}${said}`
  const signs = [...whole]
  return signs.length <= LONGEST_TITLE
    ? whole
    : `${signs
        .slice(0, LONGEST_TITLE - 1)
        .join('')
        .trimEnd()}…`
}

/** Lines that are numbered or listed lose their marks; the list has its own. */
function stepsOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, ''))
}

function prose(heading: string, text: string): string {
  if (text === '') return ''
  const paragraphs = text.split(/\n{2,}/).map((one) => `<p>${escapeHtml(one).replaceAll('\n', '<br>')}</p>`)
  return `<h2>${heading}</h2>${paragraphs.join('')}`
}

function list(heading: string, items: readonly string[], tag: 'ul' | 'ol' = 'ul'): string {
  if (items.length === 0) return ''
  return `<h2>${heading}</h2><${tag}>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</${tag}>`
}

import { Form } from '../../core/contract/api.ts'
import { DEFAULT_BAR, DEFAULT_WEIGHTS } from '../../core/note/completeness.ts'

/** Remembers the last form the server sent, so that the note keeps its shape while the server is away. */
export function rememberForm(subdomain: string, form: Form): void {
  try {
    localStorage.setItem(keyOf(subdomain), JSON.stringify(form))
  } catch {
    // A full or forbidden storage costs the remembered form and nothing else.
  }
}

/** @returns null when none was kept, or one of another shape */
export function recallForm(subdomain: string): Form | null {
  try {
    return Form.parse(JSON.parse(localStorage.getItem(keyOf(subdomain)) ?? 'null'))
  } catch {
    return null
  }
}

/** What the note looks like when the server was never reached: no components to choose from, usual weights. */
export const BARE_FORM: Form = {
  policyVersion: '',
  tiers: [],
  components: [],
  categories: ['outage', 'security', 'data_loss', 'bug', 'configuration', 'how_to'],
  severities: [],
  weights: { ...DEFAULT_WEIGHTS },
  bar: DEFAULT_BAR,
  sentAtOnce: ['P0', 'P1'],
}

function keyOf(subdomain: string): string {
  return `baton:form:${subdomain}`
}

import type { Answer } from '../../../core/command/forms.ts'
import type { Severity } from '../../../core/severity.ts'

/**
 * A root cause that keeps coming back, as the people who meet it write about it. Each list says one thing in several
 * ways; `words.ts` fills what stands in braces.
 */
export type Theme = {
  id: string
  /** Of the policy. */
  component: string
  category: string
  /** How often it is P0, P1, P2, P3. */
  severities: readonly [p0: number, p1: number, p2: number, p3: number]
  /** Share of all tickets. */
  share: number
  /** How readily it is escalated; 1 is usual. */
  escalates: number
  /** How often it takes a change of code. */
  needsCode: number
  /** Working hours from accepting to a solution by specialists, about. */
  hours: number
  /** Where it is sent by mistake. */
  mistakenFor: string
  tags: readonly string[]
  subjects: readonly string[]
  openings: readonly string[]
  answers: readonly string[]
  symptoms: readonly string[]
  steps: readonly string[]
  reasons: readonly string[]
  nextSteps: readonly string[]
  impacts: readonly string[]
  rootCauses: readonly string[]
  fixes: readonly string[]
  code: NonNullable<Answer<'resolve'>['resolution']>
  article: { answer: 'linked' | 'improved' | 'drafted' | 'not_needed'; slug: string; reason: string }
  /** How often the first line could have solved it. */
  lower: number
}

export const SEVERITIES: readonly Severity[] = ['P0', 'P1', 'P2', 'P3']

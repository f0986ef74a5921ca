import { readWhen } from './date-said.ts'
import { enterStage, withSignal } from './enter-stage.ts'
import type { Helper, Progress } from './life-state.ts'
import { promiseMoves } from './promises.ts'
import { showStage } from './route.ts'
import { type CarryOut, recordedAs } from './said.ts'
import { type Escalation, withEscalation } from './state.ts'

/** Others are asked to help. Owner, stage and clocks stay; whoever helps is remembered. */
export const askHelp: CarryOut<'ask-help'> = (state, said) => {
  const { answer, open, fact } = said
  const { skill, question } = answer
  const asked = fact.helpers.length > 0 ? fact.helpers : answer.people.map((name): Helper => ({ id: null, name }))
  if (asked.length === 0 && skill.trim() === '') {
    return { reason: 'nobody-named', detail: 'Name the people to ask, or the skill that is needed.' }
  }
  const isNew = ({ id, name }: Helper) => !open.helpers.some((one) => (id === null ? one.name === name : one.id === id))
  return {
    state: withEscalation(state, { ...open, helpers: [...open.helpers, ...asked.filter(isNew)] }),
    events: [recordedAs(said, { kind: 'help-asked', helpers: asked, skill, question })],
    effects: [],
  }
}

/** What the note should have said. Counted, so that notes get better. */
export const hadToAsk: CarryOut<'had-to-ask'> = (state, said) => {
  const { answer, open, by, fact } = said
  const { sections, explanation } = answer
  if (sections.length === 0) {
    return { reason: 'nothing-named', detail: 'Name the headings of the note that you had to ask about.' }
  }
  const askedAbout = [...open.askedAbout, { at: fact.at, by, sections, explanation }]
  return {
    state: withEscalation(state, { ...open, askedAbout }),
    events: [recordedAs(said, { kind: 'had-to-ask', sections, explanation })],
    effects: [],
  }
}

/** How work goes. A cause that was found moves the clocks; a date that is given moves the customer's promise. */
export const reportProgress: CarryOut<'progress'> = (state, said) => {
  const { id, answer, open, by, moment, fact, means } = said
  const { status, actions_taken: actions, next_steps: nextSteps, root_cause: cause } = answer
  const estimate = readWhen(answer.estimated_resolution, fact.at, 'The estimated resolution')
  if (estimate !== null && typeof estimate === 'object') return estimate
  if (!status && actions.length === 0 && !nextSteps && !cause && estimate === null) {
    return { reason: 'empty-report', detail: 'The report says nothing. Say what was done, and what comes next.' }
  }
  const report: Progress = { at: fact.at, by, status, actions, nextSteps, cause, estimate }
  const reported: Escalation = {
    ...open,
    progress: [...open.progress, report],
    estimate: estimate ?? open.estimate,
  }
  const staged = status ? enterStage(reported, status, fact.at) : reported
  const after = cause.trim() === '' ? staged : withSignal(staged, moment, 'cause-found')
  const to = withEscalation(state, after)
  return {
    state: to,
    events: [
      recordedAs(said, { kind: 'progressed', status, actions, nextSteps, cause, estimate }),
      ...promiseMoves(state, to, said, means.calendarOf, 'the estimate'),
    ],
    effects: after.stage === open.stage ? [] : [showStage(state, after, { source: id, afterAuditId: fact.auditId })],
  }
}

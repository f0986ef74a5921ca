import { isSameIssue } from '../engineering/tracker.ts'
import { readWhen } from './date-said.ts'
import { enterStage, withSignal } from './enter-stage.ts'
import type { LinkedIssue, Release } from './life-state.ts'
import { promiseMoves } from './promises.ts'
import { showStage } from './route.ts'
import { type CarryOut, recordedAs } from './said.ts'
import { withEscalation } from './state.ts'

/** The issue in which engineering works on it; linked twice, the newer title holds. */
export const linkIssue: CarryOut<'link-issue'> = (state, said) => {
  const { answer, open, by, fact } = said
  const { issue } = fact
  if (!issue) return { reason: 'no-address', detail: 'Paste the whole address of the issue: https://…' }
  if (!issue.ok) return { reason: issue.reason, detail: issue.message }
  const { url, tracker, key } = issue.issue
  const known = open.issues.find((one) => isSameIssue(one, issue.issue))
  const title = answer.title || known?.title || ''
  const linked: LinkedIssue = known ? { ...known, title } : { ...issue.issue, title, at: fact.at, by, told: null }
  return {
    state: withEscalation(state, { ...open, issues: [...open.issues.filter((one) => one !== known), linked] }),
    events: known ? [] : [recordedAs(said, { kind: 'issue-linked', tracker, key, url, title })],
    effects: [],
  }
}

/** When the fix goes out. The date moves what the customer is promised. */
export const decideRelease: CarryOut<'decide-release'> = (state, said) => {
  const { answer, open, by, fact, means } = said
  const { release, reason } = answer
  if (release === null) {
    return { reason: 'no-release', detail: 'Say whether the fix goes out as a hotfix or with the next release.' }
  }
  const date = readWhen(answer.date, fact.at, 'The date of the release')
  if (date === null) return { reason: 'no-date', detail: 'Say when the fix goes out; the customer is told by then.' }
  if (typeof date === 'object') return date
  const decided: Release = { at: fact.at, by, release, date, reason }
  const to = withEscalation(state, { ...open, release: decided })
  return {
    state: to,
    events: [
      recordedAs(said, { kind: 'release-decided', release, date, reason }),
      ...promiseMoves(state, to, said, means.calendarOf, release === 'hotfix' ? 'a hotfix' : 'the next release'),
    ],
    effects: [],
  }
}

/** The fix can be had; from now on the customer is to be told. */
export const fixAvailable: CarryOut<'fix-available'> = (state, said) => {
  const { id, answer, open, by, moment, fact } = said
  const { version, what } = answer
  if (!version.trim() && !what.trim()) {
    return { reason: 'no-fix', detail: 'Say which version has the fix, or what changes for the customer.' }
  }
  const fixing = withSignal(enterStage(open, 'fixing', fact.at), moment, 'fix-available')
  const after = { ...fixing, fix: { at: fact.at, by, version, what } }
  return {
    state: withEscalation(state, after),
    events: [recordedAs(said, { kind: 'fix-available', version, what, via: 'command' })],
    effects: after.stage === open.stage ? [] : [showStage(state, after, { source: id, afterAuditId: fact.auditId })],
  }
}

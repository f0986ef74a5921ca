import type { z } from 'zod'
import type { Form } from '../form/form.ts'
import * as answers from './answers.ts'

/**
 * What a person can say in an escalation besides the note: each is a private comment of theirs in the ticket, which
 * people can read and Baton reads back. The titles tell them apart.
 */
export const COMMAND_FORMS = {
  accept: form('Escalation accepted', answers.Accept, [{ path: 'comment', kind: 'long', heading: 'Comment' }]),
  return: form('Escalation returned', answers.Return, [
    { path: 'reason', kind: 'choice', heading: 'Reason', choices: answers.RETURN_REASONS },
    { path: 'missing', kind: 'lines', heading: 'Missing from the note' },
    { path: 'explanation', kind: 'long', heading: 'Explanation' },
  ]),
  'ask-help': form('Help asked for', answers.AskHelp, [
    { path: 'people', kind: 'lines', heading: 'People' },
    { path: 'skill', kind: 'text', heading: 'Skill' },
    { path: 'question', kind: 'long', heading: 'Question' },
  ]),
  'had-to-ask': form('Had to ask', answers.HadToAsk, [
    { path: 'sections', kind: 'lines', heading: 'Asked about' },
    { path: 'explanation', kind: 'long', heading: 'What was missing' },
  ]),
  progress: form('Escalation progress', answers.Progress, [
    { path: 'status', kind: 'choice', heading: 'Status', choices: answers.PROGRESS_STATES },
    { path: 'actions_taken', kind: 'lines', heading: 'Actions taken' },
    { path: 'next_steps', kind: 'long', heading: 'Next steps' },
    { path: 'root_cause', kind: 'long', heading: 'Cause found' },
    { path: 'estimated_resolution', kind: 'text', heading: 'Estimated resolution' },
  ]),
  'hand-on': form('Escalation handed on', answers.HandOn, [
    { path: 'tier', kind: 'number', heading: 'To tier' },
    { path: 'queue', kind: 'text', heading: 'To queue' },
    { path: 'reason', kind: 'long', heading: 'Why' },
  ]),
  'link-issue': form('Engineering issue linked', answers.LinkIssue, [
    { path: 'url', kind: 'text', heading: 'Address' },
    { path: 'title', kind: 'text', heading: 'Issue' },
  ]),
  'decide-release': form('Release decided', answers.DecideRelease, [
    { path: 'release', kind: 'choice', heading: 'Release', choices: answers.RELEASES },
    { path: 'date', kind: 'text', heading: 'Date' },
    { path: 'reason', kind: 'long', heading: 'Why' },
  ]),
  'fix-available': form('Fix available', answers.FixAvailable, [
    { path: 'version', kind: 'text', heading: 'Version' },
    { path: 'what', kind: 'long', heading: 'What changes for the customer' },
  ]),
  resolve: form('Escalation resolved', answers.Resolve, [
    { path: 'root_cause', kind: 'long', heading: 'Root cause' },
    { path: 'resolution', kind: 'choice', heading: 'Resolution', choices: answers.RESOLUTION_CODES },
    { path: 'fix', kind: 'long', heading: 'Fix' },
    { path: 'article', kind: 'choice', heading: 'Article', choices: answers.ARTICLE_ANSWERS },
    { path: 'article_url', kind: 'text', heading: 'Address of the article' },
    { path: 'article_reason', kind: 'long', heading: 'Why no article' },
    { path: 'could_be_lower', kind: 'boolean', heading: 'Could have been solved lower' },
  ]),
  deescalate: form('De-escalated', answers.Deescalate, [
    { path: 'rationale', kind: 'long', heading: 'Rationale' },
    { path: 'customer_confirmed', kind: 'boolean', heading: 'Customer confirmed' },
  ]),
  'same-problem': form('Same problem as a past escalation', answers.SameProblem, [
    { path: 'escalation', kind: 'text', heading: 'Past escalation' },
    { path: 'ticket', kind: 'number', heading: 'Its ticket' },
    { path: 'solution', kind: 'long', heading: 'How it was solved' },
    { path: 'comment', kind: 'long', heading: 'Remark' },
  ]),
  approve: form('Escalation approved', answers.Approve, [{ path: 'comment', kind: 'long', heading: 'Comment' }]),
  reject: form('Escalation rejected', answers.Reject, [{ path: 'reason', kind: 'long', heading: 'Why' }]),
} as const

export type CommandName = keyof typeof COMMAND_FORMS
export const COMMAND_NAMES = Object.keys(COMMAND_FORMS) as [CommandName, ...CommandName[]]
export type Answer<N extends CommandName> = (typeof COMMAND_FORMS)[N] extends Form<infer T> ? T : never

/** A command with what was said in it. */
export type Said = { [N in CommandName]: { command: N; answer: Answer<N> } }[CommandName]

function form<S extends z.ZodType>(title: string, schema: S, fields: Form<z.infer<S>>['fields']): Form<z.infer<S>> {
  return { title, called: 'report', fields, schema: schema as unknown as z.ZodType<z.infer<S>> }
}

import type { CommandName } from '../../core/command/forms.ts'
import { SECOND_MS } from '../../core/units.ts'
import { textOr, useText } from '../i18n/text.tsx'
import { clearanceOf, openEscalation } from '../sidebar/clearance.ts'
import type { Written } from '../sidebar/forms.ts'
import { type DraftEditor, useDraft } from '../sidebar/use-draft.ts'
import { type Sending, useSending } from '../sidebar/use-sending.ts'
import type { LifeDesk } from './desk.ts'

/** How long sending waits to hear whether it is still possible. */
const RECHECK_WITHIN_MS = 2 * SECOND_MS

export type Action<N extends CommandName> = {
  editor: DraftEditor<Written<N>>
  sending: Sending
  /** Resolves with whether it is in the ticket. */
  submit: (written: Written<N>) => Promise<boolean>
}

/**
 * One command of a person, on the same path as the note: kept while it is written, one update of the ticket, once.
 *
 * @param part keeps several of one command apart
 */
export function useAction<N extends CommandName>(
  desk: LifeDesk,
  command: N,
  begin: Written<N>,
  part?: string,
): Action<N> {
  const text = useText()
  const { zaf, session, escalation, findEscalation, onSent } = desk
  const { subdomain, ticketId, user } = session
  const named = part === undefined ? {} : { part }
  const editor = useDraft<N>({ subdomain, ticketId, userId: user.id, verb: command, ...named }, begin)
  const { sending, send } = useSending<N>(zaf, editor)

  return { editor, sending, submit }

  async function submit(written: Written<N>): Promise<boolean> {
    const record = await send({ verb: command, ...named, ticketId, written, askClearance })
    if (!record) {
      findEscalation()
      return false
    }
    editor.clear()
    onSent(record)
    return true
  }

  async function askClearance() {
    const answer = await Promise.race([findEscalation(), later(RECHECK_WITHIN_MS)])
    const found = answer?.escalation ?? null
    if (!answer || openEscalation(answer)?.life.may.includes(command)) {
      return clearanceOf(answer, escalation, Date.now())
    }
    const stage = found?.stage ?? 'closed'
    return { failure: 'not-now' as const, detail: textOr(text, `stage.${stage}`, stage) }
  }
}

function later(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms))
}

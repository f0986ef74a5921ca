import type { CarryOut } from './said.ts'
import { sendBack } from './send-back.ts'

/** The receiving tier sends it back, with a reason that says what to do. */
export const returnIt: CarryOut<'return'> = (state, said) => {
  const { reason, missing, explanation } = said.answer
  if (reason === null) {
    return { reason: 'no-reason', detail: 'A return needs a reason. Choose one, and say what is to be done.' }
  }
  if (reason === 'incomplete' && missing.length === 0 && explanation.trim() === '') {
    return { reason: 'no-explanation', detail: 'Say what is missing from the note, so that it can be completed.' }
  }
  if (reason === 'other' && explanation.trim() === '') {
    return { reason: 'no-explanation', detail: 'Explain why it goes back, so that something can be done about it.' }
  }
  return sendBack(state, said, { id: said.id, reason, missing, explanation, isThere: false })
}

const QUESTION_MARKS = /[?\uff1f\u037e\u061f]/
const REQUESTS = /\b(please|could you|can you|would you|let us know|send us|tell us|bitte|könnten sie|können sie)\b/i

/** Whether words to a customer ask something of them, in the languages the product speaks; a question mark does in any. */
export function asksSomething(text: string): boolean {
  return QUESTION_MARKS.test(text) || REQUESTS.test(text)
}

import { MESSAGES, type MessageKind } from './words.ts'

/** Names a telling, in the mark it leaves in the ticket too, so that the ticket alone tells what was told. */
export function tellingId(source: string, message: MessageKind, which: number): string {
  return `${source}.customer.${message}.${which}`
}

/** What an effect of that id told the customer; null for effects that customers never see. */
export function messageTold(effectId: string): MessageKind | null {
  const [, kind] = /\.customer\.([a-z-]+)\.\d+$/.exec(effectId) ?? []
  return MESSAGES.find((message) => message === kind) ?? null
}

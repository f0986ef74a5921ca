/**
 * Says what Slack would refuse about blocks; null when nothing.
 * Source: https://docs.slack.dev/reference/block-kit/blocks
 */
export function troubleIn(blocks: unknown): string | null {
  if (!Array.isArray(blocks)) return 'blocks must be a list'
  if (blocks.length > 50) return 'no more than 50 items allowed'
  for (const [index, block] of blocks.entries()) {
    const trouble = troubleInBlock(block)
    if (trouble) return `${trouble} [json-pointer:/blocks/${index}]`
  }
  return null
}

function troubleInBlock(block: Record<string, unknown>): string | null {
  switch (block.type) {
    case 'header':
      return textTrouble(block.text, 'plain_text', 150)
    case 'section': {
      const fields = block.fields as unknown[] | undefined
      if (block.text === undefined && fields === undefined) return 'missing required field: text'
      if (fields && (fields.length === 0 || fields.length > 10)) return 'a section has 1 to 10 fields'
      const inFields = fields?.map((field) => textTrouble(field, 'mrkdwn', 2000)).find(Boolean)
      return inFields ?? (block.text === undefined ? null : textTrouble(block.text, 'mrkdwn', 3000))
    }
    case 'context': {
      const elements = block.elements as unknown[]
      if (!Array.isArray(elements) || elements.length === 0 || elements.length > 10)
        return 'a context has 1 to 10 elements'
      return elements.map((element) => textTrouble(element, 'mrkdwn', 2000)).find(Boolean) ?? null
    }
    case 'divider':
      return null
    default:
      return `unsupported type: ${String(block.type)}`
  }
}

function textTrouble(given: unknown, type: string, most: number): string | null {
  const { type: is, text } = (given ?? {}) as { type?: unknown; text?: unknown }
  if (is !== type) return `must be ${type}`
  if (typeof text !== 'string' || text.length === 0) return 'must be more than 0 characters'
  return text.length > most ? `must be less than ${most + 1} characters` : null
}

import type { SlackMessage, SlackState } from './state.ts'

/** The workspace as a page: channels, threads and what they say. */
export function renderWorkspace({ channels, messages }: SlackState): string {
  const shown = channels.map(({ id, name, isArchived }) => {
    const tops = messages.filter((message) => message.channel === id && message.threadTs === null)
    const threads = tops.map(
      (top) =>
        `<li><article>${renderMessage(top)}${renderReplies(messages.filter(({ threadTs, channel }) => channel === id && threadTs === top.ts))}</article></li>`,
    )
    const body = tops.length === 0 ? '<p>Nothing here.</p>' : `<ol>${threads.join('')}</ol>`
    return `<section aria-labelledby="${id}"><h2 id="${id}">#${html(name)}${isArchived ? ' (archived)' : ''}</h2>${body}</section>`
  })
  return htmlPage('Local Slack', shown.join(''))
}

function renderReplies(replies: readonly SlackMessage[]): string {
  if (replies.length === 0) return ''
  return `<h3>${replies.length === 1 ? 'One reply' : `${replies.length} replies`}</h3><ol>${replies
    .map((reply) => `<li>${renderMessage(reply)}${reply.isBroadcast ? '<p>Also sent to the channel.</p>' : ''}</li>`)
    .join('')}</ol>`
}

function renderMessage({ blocks, text, edits }: SlackMessage): string {
  const shown = blocks.length === 0 ? `<p>${html(text)}</p>` : blocks.map(renderBlock).join('')
  return `${shown}${edits > 0 ? '<p><small>(edited)</small></p>' : ''}`
}

function renderBlock(block: Record<string, unknown>): string {
  const textOf = (value: unknown) => (value as { text: string }).text
  switch (block.type) {
    case 'header':
      return `<p><strong>${html(textOf(block.text))}</strong></p>`
    case 'divider':
      return '<hr>'
    case 'context':
      return (block.elements as unknown[]).map((one) => `<p><small>${mrkdwn(textOf(one))}</small></p>`).join('')
    default: {
      const fields = (block.fields ?? []) as unknown[]
      if (fields.length > 0) return `<ul>${fields.map((one) => `<li>${mrkdwn(textOf(one))}</li>`).join('')}</ul>`
      return `<p>${mrkdwn(textOf(block.text))}</p>`
    }
  }
}

/** As much of Slack's format as Baton writes: bold, links, mentions and escaped characters. */
function mrkdwn(text: string): string {
  return html(text)
    .replaceAll('&amp;lt;', '&lt;')
    .replaceAll('&amp;gt;', '&gt;')
    .replaceAll('&amp;amp;', '&amp;')
    .replace(/&lt;(https?:[^|]+?)\|(.+?)&gt;/g, '<a href="$1">$2</a>')
    .replace(/&lt;@(\w+)&gt;/g, '@$1')
    .replace(/&lt;!subteam\^(\w+)&gt;/g, '@$1')
    .replace(/(^|\n)\*([^*\n]+)\*/g, '$1<strong>$2</strong>')
    .replaceAll('\n', '<br>')
}

export function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2933;background:#fff}' +
  'article{border-left:4px solid #49545c;padding-left:1rem;margin:1rem 0}ol{list-style:none;padding:0}article ol{padding-left:1.5rem}a{color:#1f73b7}'

/** A page that anybody can read, without scripts. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${html(title)}</title><meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><main><h1>${html(title)}</h1>${body}<p><a href="/">Look again</a></p></main></body></html>`
}

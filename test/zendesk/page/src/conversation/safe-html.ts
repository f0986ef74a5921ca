const ALLOWED_TAGS = new Set(
  'a abbr b blockquote br code dd del details div dl dt em figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var'
    .toUpperCase()
    .split(' '),
)
const DROPPED_WHOLE = new Set([
  'SCRIPT',
  'STYLE',
  'IFRAME',
  'OBJECT',
  'EMBED',
  'TEMPLATE',
  'FORM',
  'SVG',
  'MATH',
  'LINK',
  'META',
])
const ALLOWED_ATTRIBUTES = new Set(['href', 'src', 'alt', 'title', 'dir', 'colspan', 'rowspan', 'start', 'open'])

/** Comment HTML as nodes: an allow-list of tags and attributes, links that can only lead away safely. */
export function safeFragment(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const node of body.childNodes) fragment.append(...safeNodes(node))
  return fragment
}

/** The same as text, for what goes into the composer and from there into an update. */
export function safeHtml(html: string): string {
  const holder = document.createElement('div')
  holder.append(safeFragment(html))
  return holder.innerHTML
}

/** Plain text as HTML, with its line breaks. */
export function escapeText(text: string): string {
  const holder = document.createElement('div')
  holder.textContent = text
  return holder.innerHTML.replaceAll('\n', '<br>')
}

function safeNodes(node: Node): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.nodeValue ?? '')]
  if (!(node.nodeType === Node.ELEMENT_NODE)) return []
  const element = node as Element
  const tag = element.tagName.toUpperCase()
  if (DROPPED_WHOLE.has(tag)) return []
  const children = [...element.childNodes].flatMap(safeNodes)
  if (!ALLOWED_TAGS.has(tag)) return children
  const copy = document.createElement(tag)
  for (const { name, value } of element.attributes) {
    if (ALLOWED_ATTRIBUTES.has(name) && isSafeValue(name, value)) copy.setAttribute(name, value)
  }
  if (tag === 'A') {
    copy.setAttribute('target', '_blank')
    copy.setAttribute('rel', 'noopener noreferrer nofollow')
  }
  copy.append(...children)
  return [copy]
}

function isSafeValue(name: string, value: string): boolean {
  if (name !== 'href' && name !== 'src') return true
  return /^(https?:|mailto:|tel:|\/|#)/i.test(value.trim())
}

import sanitizeHtml from 'sanitize-html'

/** Longest comment, in characters of what was sent. */
export const LONGEST_COMMENT = 65_535

const ALLOWED_TAGS = [
  ...['a', 'abbr', 'acronym', 'address', 'b', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col'],
  ...['colgroup', 'dd', 'del', 'dfn', 'div', 'dl', 'dt', 'em', 'figure', 'figcaption', 'font', 'h1', 'h2', 'h3', 'h4'],
  ...['h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'ol', 'p', 'pre', 'q', 's', 'samp', 'small', 'span', 'strike'],
  ...['strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var'],
]

/** Attributes that survive; scripts, handlers, ids, data and aria attributes do not. */
const ALLOWED_ATTRIBUTES = {
  '*': ['dir', 'title', 'lang', 'align', 'style'],
  a: ['href', 'title', 'rel', 'target'],
  img: ['src', 'alt', 'width', 'height'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start', 'type'],
  font: ['color', 'size', 'face'],
}

const ALLOWED_STYLES = {
  '*': {
    color: [/^[\w#(),.%\s-]+$/],
    'background-color': [/^[\w#(),.%\s-]+$/],
    'text-align': [/^\w+$/],
    'text-decoration': [/^[\w\s-]+$/],
    'font-weight': [/^\w+$/],
    'font-style': [/^\w+$/],
    display: [/^[\w-]+$/],
  },
}

/** HTML as Zendesk keeps it: sanitised, in its wrapper. What is already wrapped is not wrapped twice. */
export function storedHtml(html: string): string {
  const clean = sanitizeHtml(html, {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: ALLOWED_ATTRIBUTES,
    allowedStyles: ALLOWED_STYLES,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer' } }),
    },
  })
  return `<div class="zd-comment" dir="auto">${clean}</div>`
}

/** A plain body as paragraphs: blank lines part paragraphs, single ones become `<br>`. */
export function htmlOfText(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => `<p dir="auto">${encodeEntities(paragraph).replace(/\n/g, '<br>')}</p>`)
  return `<div class="zd-comment" dir="auto">${paragraphs.join('')}</div>`
}

/** The text of stored HTML. What CSS would hide is in it, too. */
export function textOfHtml(html: string): string {
  const marked = html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<hr\s*\/?>/gi, '\n---\n')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/(td|th)>\s*(?=<t[dh]\b)/gi, ' | ')
    .replace(/<(?:p|div|h[1-6]|ul|ol|table|pre|blockquote|dl|tr)\b[^>]*>/gi, '\n')
    .replace(/<\/(?:p|div|h[1-6]|ul|ol|table|pre|blockquote|dl)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
  return decodeEntities(marked)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function encodeEntities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    }
    return NAMED[name.toLowerCase()] ?? whole
  })
}

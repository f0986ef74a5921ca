import { isBlank, uncarryText } from './carried-text.ts'
import { decodeEntities } from './html-entities.ts'
import { htmlTokens } from './html-tokens.ts'

/** Text of one block or list entry; `text` is `null` when an escape in it is damaged. */
export type BlockText = { text: string | null; foreignTags: string[] }

/** What a comment is made of, top to bottom. `stray` is text outside of any block; `foreign` a tag notes do not use. */
export type HtmlBlock =
  | ({ kind: 'heading' } & BlockText)
  | ({ kind: 'paragraph' } & BlockText)
  | { kind: 'list'; entries: BlockText[] }
  | { kind: 'stray'; text: string }
  | { kind: 'foreign'; tag: string }

/** Tags that carry no meaning: wrappers, and the links Zendesk makes of addresses in a text. */
const TRANSPARENT = new Set(['div', 'span', 'a', 'html', 'body'])
const PARAGRAPHS = new Set(['p', 'pre'])
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const LISTS = new Set(['ul', 'ol'])

/** More than any note has: reading stops there. */
const MOST_BLOCKS = 300
const MOST_ENTRIES = 1_000

type OpenText = { tag: string; lines: string[]; foreignTags: string[] }

/** Reads the blocks of a comment, up to as many as a note can have. Linear in the length of the HTML. */
export function readBlocks(html: string): HtmlBlock[] {
  const blocks: HtmlBlock[] = []
  let open: OpenText | null = null
  let list: BlockText[] | null = null

  for (const token of htmlTokens(html)) {
    if (blocks.length >= MOST_BLOCKS || (list?.length ?? 0) >= MOST_ENTRIES) break
    if (token.kind === 'text') {
      if (open) open.lines[open.lines.length - 1] += token.text
      else if (!isBlank(token.text)) addStray(token.text)
    } else if (TRANSPARENT.has(token.tag)) {
    } else if (token.tag === 'br') {
      open?.lines.push('')
    } else if (LISTS.has(token.tag)) {
      if (token.kind === 'close') closeList()
      else if (list) addForeign(token.tag)
      else {
        closeText()
        list = []
      }
    } else if (token.tag === 'p' && open?.tag === 'li') {
      if (token.kind === 'open' && !open.lines.every(isBlank)) addForeign('p')
    } else if (token.tag === 'li' || PARAGRAPHS.has(token.tag) || HEADINGS.has(token.tag)) {
      closeText()
      if (token.tag !== 'li') closeList()
      if (token.kind === 'open') open = { tag: token.tag, lines: [''], foreignTags: [] }
    } else if (token.kind === 'open') {
      addForeign(token.tag)
    }
  }
  closeText()
  closeList()
  return blocks

  function closeText(): void {
    if (!open) return
    const { tag, lines, foreignTags } = open
    open = null
    const text = { text: uncarryText(lines.map(decodeEntities), tag === 'pre'), foreignTags }
    if (tag === 'li') {
      if (list) list.push(text)
      else blocks.push({ kind: 'foreign', tag })
    } else {
      blocks.push({ kind: HEADINGS.has(tag) ? 'heading' : 'paragraph', ...text })
    }
  }

  function closeList(): void {
    if (open?.tag === 'li') closeText()
    if (list) blocks.push({ kind: 'list', entries: list })
    list = null
  }

  function addStray(text: string): void {
    closeList()
    const last = blocks.at(-1)
    if (last?.kind !== 'stray') blocks.push({ kind: 'stray', text: text.slice(0, 200) })
  }

  function addForeign(tag: string): void {
    if (open) {
      if (!open.foreignTags.includes(tag) && open.foreignTags.length < 10) open.foreignTags.push(tag)
    } else if (blocks.at(-1)?.kind !== 'foreign') {
      blocks.push({ kind: 'foreign', tag })
    }
  }
}

import { nearest } from '../nearest.ts'
import { readBlocks } from './html-blocks.ts'

/** The title that a comment bears, among those given: one exactly, or else the one that a heading of it comes near. */
export function titleOf(html: string, titles: readonly string[]): string | null {
  if (!/<h[1-6]/i.test(html)) return null
  const headings = readBlocks(html).flatMap((block) => (block.kind === 'heading' && block.text ? [block.text] : []))
  const exact = headings.find((heading) => titles.includes(heading))
  if (exact) return exact
  for (const heading of headings) {
    const meant = nearest(heading, titles)
    if (meant !== null) return meant
  }
  return null
}

import type { Answer } from '../command/forms.ts'
import type { Resolution } from './life-state.ts'
import type { Objection } from './standing.ts'

const ADDRESS = /^https?:\/\/\S+$/i

/** What a resolution says, once it says all that it has to. */
export function checkResolution(answer: Answer<'resolve'>): Omit<Resolution, 'at' | 'by'> | Objection {
  const { root_cause: rootCause, resolution: code, fix, article } = answer
  const { article_url: articleUrl, article_reason: articleReason, could_be_lower: couldBeLower } = answer
  if (rootCause.trim() === '') {
    return {
      reason: 'no-root-cause',
      detail: 'A resolution needs the root cause. Say what it was, even if it is “unknown” and why.',
    }
  }
  if (code === null) return { reason: 'no-resolution', detail: 'Choose how it was resolved.' }
  if (fix.trim() === '') return { reason: 'no-fix', detail: 'Say what was done to resolve it.' }
  if (article === null) {
    return {
      reason: 'no-article',
      detail: 'Say what the knowledge base gets: an article linked, improved or drafted, or why none is needed.',
    }
  }
  if ((article === 'linked' || article === 'improved') && !ADDRESS.test(articleUrl.trim())) {
    return { reason: 'no-article-address', detail: `Give the address of the article that is ${article}: https://…` }
  }
  if (article === 'not_needed' && articleReason.trim() === '') {
    return { reason: 'no-article-reason', detail: 'Say why no article is needed.' }
  }
  return { rootCause, code, fix, article, articleUrl: articleUrl.trim(), articleReason, couldBeLower }
}

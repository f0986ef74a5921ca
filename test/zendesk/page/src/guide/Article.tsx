import { Button } from '@zendeskgarden/react-buttons'
import { useEffect, useRef, useState } from 'react'
import { safeFragment } from '../conversation/safe-html.ts'
import { type ApiArticle, publish, readArticle } from './articles.ts'

type Reading = { phase: 'loading' } | { phase: 'failed'; reason: string } | { phase: 'ready'; article: ApiArticle }

/** One article as it reads, and the button that publishes a draft. */
export function Article({ id, onPublished }: { id: number; onPublished: () => void }) {
  const [reading, setReading] = useState<Reading>({ phase: 'loading' })
  const [trouble, setTrouble] = useState<string | null>(null)
  const body = useRef<HTMLDivElement>(null)
  const html = reading.phase === 'ready' ? reading.article.body : ''

  useEffect(() => {
    let isCurrent = true
    readArticle(id).then(
      (article) => isCurrent && setReading({ phase: 'ready', article }),
      (error: Error) => isCurrent && setReading({ phase: 'failed', reason: error.message }),
    )
    return () => {
      isCurrent = false
    }
  }, [id])
  useEffect(() => body.current?.replaceChildren(safeFragment(html)), [html])

  if (reading.phase !== 'ready') {
    return (
      <div className="view-state" role={reading.phase === 'failed' ? 'alert' : undefined}>
        <p>{reading.phase === 'failed' ? `The article could not be read. ${reading.reason}` : 'Loading…'}</p>
      </div>
    )
  }
  const { article } = reading

  async function onPublish() {
    try {
      await publish(article)
      setReading({ phase: 'ready', article: await readArticle(id) })
      setTrouble(null)
      onPublished()
    } catch (error) {
      setTrouble((error as Error).message)
    }
  }

  return (
    <article className="view guide-article" aria-label={article.title}>
      <header className="view-header">
        <div>
          <h2>{article.title}</h2>
          <p>
            {article.draft ? 'Draft' : 'Published'} ·{' '}
            {article.user_segment_id === null ? 'Visible to everyone' : 'Visible to a user segment'}
            {article.label_names.length > 0 && ` · ${article.label_names.join(', ')}`}
          </p>
          {trouble && <p role="alert">It was not published. {trouble}</p>}
        </div>
        {article.draft && (
          <Button isPrimary onClick={() => void onPublish()}>
            Publish
          </Button>
        )}
      </header>
      <div ref={body} className="guide-body" />
    </article>
  )
}

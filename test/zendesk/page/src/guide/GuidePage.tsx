import { useEffect, useState } from 'react'
import { Icon } from '../theme/Icon.tsx'
import type { Route } from '../workspace/route.ts'
import { Article } from './Article.tsx'
import { type ApiArticle, readArticles } from './articles.ts'

export type GuidePageProps = { articleId: number | null; go: (route: Route) => void }

type Reading = { phase: 'loading' } | { phase: 'failed'; reason: string } | { phase: 'ready'; articles: ApiArticle[] }

/** The Help Center: drafts and articles on the left, the chosen one on the right. */
export function GuidePage({ articleId, go }: GuidePageProps) {
  const [reading, setReading] = useState<Reading>({ phase: 'loading' })
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reads again
  useEffect(() => {
    let isCurrent = true
    readArticles().then(
      (articles) => isCurrent && setReading({ phase: 'ready', articles }),
      (error: Error) => isCurrent && setReading({ phase: 'failed', reason: error.message }),
    )
    return () => {
      isCurrent = false
    }
  }, [attempt])

  const articles = reading.phase === 'ready' ? reading.articles : []
  return (
    <main className="views-page">
      <nav className="views-list" aria-label="Help Center">
        <h1>Help Center</h1>
        <ArticleList
          title="Drafts"
          articles={articles.filter(({ draft }) => draft)}
          articleId={articleId}
          empty="No drafts"
          go={go}
        />
        <ArticleList
          title="Published"
          articles={articles.filter(({ draft }) => !draft)}
          articleId={articleId}
          empty="Nothing is published"
          go={go}
        />
      </nav>
      {reading.phase === 'failed' && (
        <div className="view-state" role="alert">
          <p>The articles could not be read. {reading.reason}</p>
        </div>
      )}
      {reading.phase !== 'failed' && articleId === null && (
        <div className="view-state" aria-busy={reading.phase === 'loading'}>
          <Icon name="note" size={32} />
          <p>Choose an article</p>
        </div>
      )}
      {articleId !== null && (
        <Article key={articleId} id={articleId} onPublished={() => setAttempt((before) => before + 1)} />
      )}
    </main>
  )
}

type ListProps = { title: string; articles: ApiArticle[]; empty: string } & GuidePageProps

function ArticleList({ title, articles, empty, articleId, go }: ListProps) {
  return (
    <>
      <h2>
        {title} ({articles.length})
      </h2>
      {articles.length === 0 && <p className="guide-empty">{empty}</p>}
      <ul aria-label={title}>
        {articles.map((article) => (
          <li key={article.id}>
            <button
              type="button"
              aria-current={article.id === articleId ? 'page' : undefined}
              onClick={() => go({ page: 'guide', id: article.id })}
            >
              {article.title}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

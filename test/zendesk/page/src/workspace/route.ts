import { useEffect, useState } from 'react'

/** What is in front: a view, a ticket, an app of the nav bar, or the Help Center with one of its articles. */
export type Route =
  | { page: 'view'; id: string }
  | { page: 'ticket'; id: number }
  | { page: 'app'; id: number }
  | { page: 'guide'; id: number | null }

/** The page's place in the browser's history. */
export function useRoute(): [Route, (route: Route) => void] {
  const [route, setRoute] = useState(() => routeOf(location.pathname))

  useEffect(() => {
    const back = () => setRoute(routeOf(location.pathname))
    window.addEventListener('popstate', back)
    return () => window.removeEventListener('popstate', back)
  }, [])

  return [
    route,
    (next) => {
      if (pathOf(next) !== location.pathname) history.pushState(null, '', pathOf(next) + location.search)
      setRoute(next)
    },
  ]
}

export function pathOf(route: Route): string {
  if (route.page === 'ticket') return `/agent/tickets/${route.id}`
  if (route.page === 'guide') return route.id === null ? '/agent/guide' : `/agent/guide/${route.id}`
  if (route.page === 'app') return `/agent/apps/${route.id}`
  return route.id === 'mine' ? '/agent' : `/agent/views/${route.id}`
}

function routeOf(pathname: string): Route {
  const [, page, id] = /^\/agent\/(tickets|views|apps|guide)\/([^/]+)$/.exec(pathname) ?? []
  if (page === 'tickets' && Number(id) > 0) return { page: 'ticket', id: Number(id) }
  if (page === 'guide' && Number(id) > 0) return { page: 'guide', id: Number(id) }
  if (pathname === '/agent/guide') return { page: 'guide', id: null }
  if (page === 'apps' && Number(id) > 0) return { page: 'app', id: Number(id) }
  return { page: 'view', id: page === 'views' && id ? id : 'mine' }
}

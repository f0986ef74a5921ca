import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { FIRST_VIEW, readView, type View, writeView } from './view.ts'

export type Viewing = {
  view: View
  /** Goes on to another view; `quietly` puts it in the place of this one, as filters do. */
  go(changes: Partial<View>, how?: 'quietly'): void
  /** Where a link to another view leads. */
  address(changes: Partial<View>): string
}

export const ViewContext = createContext<Viewing>({ view: FIRST_VIEW, go: () => {}, address: () => '#' })

export function useView(): Viewing {
  return useContext(ViewContext)
}

/** The view that is in the address. Going back and forth in the browser changes it like a click does. */
export function useViewInAddress(): Viewing {
  const [view, setView] = useState(() => readView(location.hash))
  useEffect(() => {
    const take = () => setView(readView(location.hash))
    addEventListener('popstate', take)
    addEventListener('hashchange', take)
    return () => {
      removeEventListener('popstate', take)
      removeEventListener('hashchange', take)
    }
  }, [])

  const address = useCallback((changes: Partial<View>) => writeView({ ...view, ...changes }), [view])
  const go = useCallback(
    (changes: Partial<View>, how?: 'quietly') => {
      const next = { ...view, ...changes }
      history[how === 'quietly' ? 'replaceState' : 'pushState'](null, '', writeView(next))
      setView(next)
    },
    [view],
  )
  return useMemo(() => ({ view, go, address }), [view, go, address])
}

import { useEffect, useState } from 'react'
import type { Zaf } from './client.ts'

export type ColorScheme = 'light' | 'dark'

/** Zendesk's colour scheme: from the address at first, then as the agent changes it. */
export function useColorScheme(zaf: Zaf | null): ColorScheme {
  const [scheme, setScheme] = useState<ColorScheme>(() =>
    document.documentElement.dataset.scheme === 'dark' ? 'dark' : 'light',
  )
  useEffect(() => {
    if (!zaf) return
    const take = (next: unknown) => {
      if (next === 'dark' || next === 'light') setScheme(next)
    }
    const stop = zaf.on('colorScheme.changed', take)
    // It may have been changed while the app was on its way.
    zaf.get(['colorScheme']).then(
      ({ colorScheme }) => take(colorScheme),
      () => {},
    )
    return stop
  }, [zaf])
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme
  }, [scheme])
  return scheme
}

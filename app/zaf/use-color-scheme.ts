import { useEffect, useState } from 'react'
import type { Zaf } from './client.ts'

export type ColorScheme = 'light' | 'dark'

/** Zendesk's colour scheme: from the address at first, then as the agent changes it. */
export function useColorScheme(zaf: Zaf | null): ColorScheme {
  const [scheme, setScheme] = useState<ColorScheme>(() =>
    document.documentElement.dataset.scheme === 'dark' ? 'dark' : 'light',
  )
  useEffect(() => zaf?.on('colorScheme.changed', (next) => setScheme(next === 'dark' ? 'dark' : 'light')), [zaf])
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme
  }, [scheme])
  return scheme
}

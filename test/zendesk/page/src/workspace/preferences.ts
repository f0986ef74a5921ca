import { useLayoutEffect, useState } from 'react'
import { type ColorScheme, paintPage } from '../theme/theme.ts'

/** Widths a sidebar app has to live with, in pixels. */
export const APP_WIDTHS = [280, 320, 400] as const

export type Preferences = {
  colorScheme: ColorScheme
  setColorScheme(scheme: ColorScheme): void
  appWidth: number
  setAppWidth(width: number): void
}

/** What a person sets for this browser; the address can set it too, `?scheme=dark&app_width=280`. */
export function usePreferences(): Preferences {
  const [colorScheme, setColorScheme] = useState<ColorScheme>(() =>
    remembered('scheme') === 'dark' ? 'dark' : 'light',
  )
  const [appWidth, setAppWidth] = useState(() => Number(remembered('app_width')) || 320)

  useLayoutEffect(() => {
    paintPage(colorScheme)
    localStorage.setItem('scheme', colorScheme)
  }, [colorScheme])
  useLayoutEffect(() => localStorage.setItem('app_width', String(appWidth)), [appWidth])

  return { colorScheme, setColorScheme, appWidth, setAppWidth }
}

function remembered(name: string): string | null {
  return new URLSearchParams(location.search).get(name) ?? localStorage.getItem(name)
}

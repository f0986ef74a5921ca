import { DEFAULT_THEME, ThemeProvider } from '@zendeskgarden/react-theming'
import { useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { LanguageProvider } from '../i18n/text.tsx'
import { SkewContext } from '../ui/use-now.ts'
import type { Zaf } from '../zaf/client.ts'
import { useColorScheme } from '../zaf/use-color-scheme.ts'
import { createDesk } from './api/desk.ts'
import { DeskContext } from './api/use-answer.ts'
import { Outside } from './Outside.tsx'
import { Shell } from './Shell.tsx'
import type { Start } from './start.ts'
import { PlaceContext } from './ticket/place.ts'
import { useViewInAddress, ViewContext } from './view/use-view.ts'

type DashboardProps = {
  start: Start | null
  /** Zendesk's client, once it has answered; the page does not wait for it. */
  connecting: Promise<Zaf | null>
}

/** The page in the navigation bar, in the person's colours, language and time zone. */
export function Dashboard({ start, connecting }: DashboardProps) {
  const zaf = useArrived(connecting)
  const shown = useColorScheme(zaf)
  const scheme = usePrinting() ? 'light' : shown
  const theme = useMemo(() => ({ ...DEFAULT_THEME, colors: { ...DEFAULT_THEME.colors, base: scheme } }), [scheme])
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const locale = start?.person.locale ?? navigator.language
  return (
    <ThemeProvider theme={theme}>
      <LanguageProvider locale={locale} timeZone={knownZone(start?.person.timeZone) ?? timeZone}>
        {start ? <SignedIn start={start} zaf={zaf} /> : <Outside />}
      </LanguageProvider>
    </ThemeProvider>
  )
}

function SignedIn({ start, zaf }: { start: Start; zaf: Zaf | null }) {
  const desk = useMemo(() => createDesk(start), [start])
  const place = useMemo(() => ({ zaf, zendeskUrl: start.zendeskUrl }), [zaf, start])
  const viewing = useViewInAddress()
  const skewMs = useMemo(() => start.now - Date.now(), [start])
  return (
    <DeskContext value={desk}>
      <PlaceContext value={place}>
        <ViewContext value={viewing}>
          <SkewContext value={skewMs}>
            <Shell person={start.person} />
          </SkewContext>
        </ViewContext>
      </PlaceContext>
    </DeskContext>
  )
}

/** Paper is light, whatever the screen is. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser takes its picture right after it has told.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting
}

function useArrived<T>(coming: Promise<T | null>): T | null {
  const [value, setValue] = useState<T | null>(null)
  useEffect(() => {
    coming.then(setValue, () => {})
  }, [coming])
  return value
}

function knownZone(name: string | null | undefined): string | null {
  try {
    return name ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone : null
  } catch {
    return null
  }
}

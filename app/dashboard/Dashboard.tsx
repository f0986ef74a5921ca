import { DEFAULT_THEME, ThemeProvider } from '@zendeskgarden/react-theming'
import { useMemo } from 'react'
import { LanguageProvider } from '../i18n/text.tsx'
import { Page } from '../ui/layout.tsx'
import type { Zaf } from '../zaf/client.ts'
import { useColorScheme } from '../zaf/use-color-scheme.ts'
import { Shell } from './Shell.tsx'
import type { Start } from './start.ts'

/** The page in the navigation bar, in the person's colours and language. */
export function Dashboard({ start, zaf }: { start: Start | null; zaf: Zaf | null }) {
  const scheme = useColorScheme(zaf)
  const theme = useMemo(() => ({ ...DEFAULT_THEME, colors: { ...DEFAULT_THEME.colors, base: scheme } }), [scheme])
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return (
    <ThemeProvider theme={theme}>
      <LanguageProvider locale={navigator.language} timeZone={timeZone}>
        <Page>
          <Shell start={start} />
        </Page>
      </LanguageProvider>
    </ThemeProvider>
  )
}

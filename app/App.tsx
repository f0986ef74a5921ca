import { DEFAULT_THEME, ThemeProvider } from '@zendeskgarden/react-theming'
import { Component, type ReactNode, useMemo, useState } from 'react'
import { LanguageProvider, useText } from './i18n/text.tsx'
import { Sidebar } from './sidebar/Sidebar.tsx'
import { Page } from './ui/layout.tsx'
import { Notice } from './ui/Notice.tsx'
import type { Zaf } from './zaf/client.ts'
import type { Session } from './zaf/session.ts'
import { useColorScheme } from './zaf/use-color-scheme.ts'
import { useFittedHeight } from './zaf/use-fitted-height.ts'

export type Start =
  | { state: 'ready'; zaf: Zaf; session: Session }
  /** `outside`: not in Zendesk. `silent`: Zendesk's page does not answer. */
  | { state: 'outside' | 'silent' }

/** The whole app, in the agent's colours and language. */
export function App({ start }: { start: Start }) {
  const zaf = start.state === 'ready' ? start.zaf : null
  const user = start.state === 'ready' ? start.session.user : null
  const scheme = useColorScheme(zaf)
  const theme = useMemo(() => ({ ...DEFAULT_THEME, colors: { ...DEFAULT_THEME.colors, base: scheme } }), [scheme])

  return (
    <ThemeProvider theme={theme}>
      <LanguageProvider locale={user?.locale ?? navigator.language} timeZone={user?.timeZone ?? 'UTC'}>
        {start.state === 'ready' ? (
          <Fitted zaf={start.zaf}>
            <Sidebar zaf={start.zaf} session={start.session} />
          </Fitted>
        ) : (
          <Page>
            <NotStarted state={start.state} />
          </Page>
        )}
      </LanguageProvider>
    </ThemeProvider>
  )
}

function Fitted({ zaf, children }: { zaf: Zaf; children: ReactNode }) {
  const [page, setPage] = useState<HTMLElement | null>(null)
  useFittedHeight(zaf, page)
  return (
    <Page ref={setPage}>
      <Rescue fallback={<Broken />}>{children}</Rescue>
    </Page>
  )
}

function NotStarted({ state }: { state: 'outside' | 'silent' }) {
  const text = useText()
  return (
    <Notice kind={state === 'outside' ? 'info' : 'error'} title={text(`app.${state}.title`)}>
      {text(`app.${state}.text`)}
    </Notice>
  )
}

function Broken() {
  const text = useText()
  return (
    <Notice kind="error" title={text('app.broken.title')} isUrgent>
      <p>{text('app.broken.text')}</p>
      <button type="button" onClick={() => location.reload()}>
        {text('app.reload')}
      </button>
    </Notice>
  )
}

/** A fault in drawing must not look like an empty sidebar: the note is safe, and the agent is told so. */
class Rescue extends Component<{ fallback: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}

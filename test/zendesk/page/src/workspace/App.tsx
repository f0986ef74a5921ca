import { Button } from '@zendeskgarden/react-buttons'
import { Spinner } from '@zendeskgarden/react-loaders'
import { ThemeProvider } from '@zendeskgarden/react-theming'
import { useEffect, useState } from 'react'
import { type Installation, readInstallations } from '../apps/installation.ts'
import { openSession, type Session } from '../session/session.ts'
import { themeFor } from '../theme/theme.ts'
import { usePreferences } from './preferences.ts'
import { Workspace } from './Workspace.tsx'

type Opening =
  | { phase: 'opening' }
  | { phase: 'failed'; reason: string }
  | { phase: 'open'; session: Session; installations: Installation[]; appsFailure: string | null }

/** The whole page: who is acting, then their workspace. */
export function App() {
  const preferences = usePreferences()
  const [opening, setOpening] = useState<Opening>({ phase: 'opening' })
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens again
  useEffect(() => {
    let isCurrent = true
    setOpening({ phase: 'opening' })
    openWorkspace().then(
      (opened) => isCurrent && setOpening(opened),
      (error: unknown) =>
        isCurrent && setOpening({ phase: 'failed', reason: String((error as Error).message ?? error) }),
    )
    return () => {
      isCurrent = false
    }
  }, [attempt])

  return (
    <ThemeProvider theme={themeFor(preferences.colorScheme)}>
      {opening.phase === 'opening' && (
        <main className="page-state" aria-busy="true">
          <Spinner size="48" aria-label="Loading the agent workspace" />
        </main>
      )}
      {opening.phase === 'failed' && (
        <main className="page-state" role="alert">
          <h1>The agent workspace could not be opened</h1>
          <p>{opening.reason}</p>
          <Button isPrimary onClick={() => setAttempt(attempt + 1)}>
            Try again
          </Button>
        </main>
      )}
      {opening.phase === 'open' && (
        <Workspace
          key={opening.session.me.id}
          session={opening.session}
          installations={opening.installations}
          appsFailure={opening.appsFailure}
          preferences={preferences}
          onPersonChange={() => setAttempt(attempt + 1)}
        />
      )}
    </ThemeProvider>
  )
}

/** Apps that can't be listed don't keep the agent from the tickets. */
async function openWorkspace(): Promise<Opening> {
  const [session, apps] = await Promise.all([
    openSession(),
    readInstallations().then(
      (installations) => ({ installations, appsFailure: null }),
      (error: Error) => ({ installations: [], appsFailure: error.message }),
    ),
  ])
  return { phase: 'open', session, ...apps }
}

import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { App, type Start } from './App.tsx'
import { connect } from './zaf/connect.ts'
import { openSession } from './zaf/session.ts'

// The page's content security policy forbids code made at run time, which zod would otherwise try.
z.config({ jitless: true })

createRoot(document.querySelector('#root')!).render(<App start={await begin()} />)

async function begin(): Promise<Start> {
  const zaf = await connect()
  if (!zaf) return { state: 'outside' }
  try {
    return { state: 'ready', zaf, session: await openSession(zaf) }
  } catch {
    return { state: 'silent' }
  }
}

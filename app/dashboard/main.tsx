import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { connect } from '../zaf/connect.ts'
import { Dashboard } from './Dashboard.tsx'
import { takeStart } from './start.ts'

// The page's content security policy forbids code made at run time, which zod would otherwise try.
z.config({ jitless: true })

const start = takeStart(document)
createRoot(document.querySelector('#root')!).render(<Dashboard start={start} connecting={connect()} />)

import { createRoot } from 'react-dom/client'
import './theme/page.css'
import './workspace/workspace.css'
import './views/views.css'
import './ticket/ticket.css'
import './conversation/conversation.css'
import './apps/apps.css'
import './guide/guide.css'
import { App } from './workspace/App.tsx'

createRoot(document.getElementById('page')!).render(<App />)

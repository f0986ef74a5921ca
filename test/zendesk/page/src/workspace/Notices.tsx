import { Notification } from '@zendeskgarden/react-notifications'
import type { Notice } from './notices.ts'

const TYPES: Record<string, 'info' | 'success' | 'warning' | 'error'> = {
  notice: 'success',
  info: 'info',
  alert: 'warning',
  warning: 'warning',
  error: 'error',
}

/** Toasts, read out as they come. */
export function Notices({ notices, onDismiss }: { notices: Notice[]; onDismiss: (id: number) => void }) {
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <Notification key={notice.id} type={TYPES[notice.kind] ?? 'info'}>
          <Notification.Title>{notice.from}</Notification.Title>
          {notice.message}
          <Notification.Close aria-label="Dismiss" onClick={() => onDismiss(notice.id)} />
        </Notification>
      ))}
    </div>
  )
}

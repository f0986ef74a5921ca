import { useState } from 'react'

export type Notice = { id: number; from: string; message: string; kind: string; lifetimeMs: number | null }

/** Toasts in the corner: apps' `notify` and the page's own. */
export function useNotices() {
  const [notices, setNotices] = useState<Notice[]>([])
  const dismiss = (id: number) => setNotices((all) => all.filter((notice) => notice.id !== id))
  return {
    notices,
    dismiss,
    add(notice: Omit<Notice, 'id'>): void {
      const id = Math.random()
      setNotices((all) => [...all, { ...notice, id }])
      if (notice.lifetimeMs !== null) setTimeout(() => dismiss(id), notice.lifetimeMs)
    },
  }
}

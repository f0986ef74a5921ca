import { useEffect } from 'react'
import type { Zaf } from './client.ts'

const QUIET_MS = 60
const LOWEST_PX = 160
/** Above this the app scrolls within itself, so that preview and send button stay in sight. */
const HIGHEST_PX = 860
/** What Zendesk's own bars take of the screen, roughly. */
const CHROME_PX = 260

/** Keeps the app's frame as high as its content, within reason. */
export function useFittedHeight(zaf: Zaf, content: HTMLElement | null): void {
  useEffect(() => {
    if (!content) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let asked = 0

    const observer = new ResizeObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const height = fittedHeight(content.scrollHeight, window.screen.availHeight)
        // Asking again for what we have would make the frame and the observer chase each other.
        if (height === asked) return
        asked = height
        zaf.invoke('resize', { width: '100%', height: `${height}px` }).catch(() => {})
      }, QUIET_MS)
    })
    observer.observe(content)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [zaf, content])
}

export function fittedHeight(contentPx: number, screenPx: number): number {
  const highest = Math.max(LOWEST_PX * 3, Math.min(HIGHEST_PX, screenPx - CHROME_PX))
  return Math.ceil(Math.min(highest, Math.max(LOWEST_PX, contentPx)))
}

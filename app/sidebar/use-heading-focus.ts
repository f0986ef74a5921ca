import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/**
 * Keeps the focus with the story: after sending it goes to the heading of what is shown then, and when one card takes
 * another's place, the new heading takes over the focus that would be lost with the old one.
 */
export function useHeadingFocus(): { headingRef: RefObject<HTMLHeadingElement | null>; focusHeading: () => void } {
  const headingRef = useRef<HTMLHeadingElement>(null)
  const focused = useRef<HTMLHeadingElement>(null)
  const [isWanted, setIsWanted] = useState(false)

  useEffect(() => {
    const heading = headingRef.current
    if (!heading || heading === focused.current) return
    const isLost = focused.current !== null && !focused.current.isConnected && document.activeElement === document.body
    if (!isWanted && !isLost) return
    heading.focus()
    focused.current = heading
    setIsWanted(false)
  })

  const focusHeading = useCallback(() => {
    focused.current = null
    setIsWanted(true)
  }, [])
  return { headingRef, focusHeading }
}

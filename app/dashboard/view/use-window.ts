import { createContext, useContext } from 'react'
import type { Window } from './window.ts'

/** The window of the view, worked out once so that all tiles ask for the same. */
export const WindowContext = createContext<Window>({ from: '', to: '', zone: 'UTC' })

export function useWindow(): Window {
  return useContext(WindowContext)
}

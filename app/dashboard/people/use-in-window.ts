import type { z } from 'zod'
import { type Reading, useAnswer } from '../api/use-answer.ts'
import { useWindow } from '../view/use-window.ts'

/** What a route tells of the window that is looked at. */
export function useInWindow<T>(route: string, schema: z.ZodType<T>): Reading<T> {
  const { from, to } = useWindow()
  return useAnswer(`${route}?${new URLSearchParams({ from, to })}`, schema)
}

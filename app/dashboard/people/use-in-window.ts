import type { z } from 'zod'
import { type Reading, useAnswer } from '../api/use-answer.ts'
import { useWindow } from '../view/use-window.ts'

/**
 * What a route tells of the window that is looked at.
 *
 * @param hasWeeks and which weeks there are in it depends on the zone
 */
export function useInWindow<T>(route: string, schema: z.ZodType<T>, { hasWeeks = false } = {}): Reading<T> {
  const { from, to, zone } = useWindow()
  return useAnswer(`${route}?${new URLSearchParams({ from, to, ...(hasWeeks && { zone }) })}`, schema)
}

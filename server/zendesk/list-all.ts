import { z } from 'zod'
import type { Call } from './call.ts'

const Listed = z.looseObject({
  meta: z.object({ has_more: z.boolean().nullish(), after_cursor: z.string().nullish() }).nullish(),
})

/**
 * Every row of a plain list, page after page.
 *
 * @param path ends with `?`, or with a query and `&`
 */
export async function listAll(call: Call, path: string, key: string): Promise<unknown[]> {
  const rows: unknown[] = []
  let after: string | null = null
  do {
    const query = new URLSearchParams({ 'page[size]': '100', ...(after === null ? {} : { 'page[after]': after }) })
    const answer: z.output<typeof Listed> = await call('get', path + query, undefined, Listed)
    rows.push(...z.array(z.unknown()).parse(answer[key] ?? []))
    after = answer.meta?.has_more ? (answer.meta.after_cursor ?? null) : null
  } while (after !== null)
  return rows
}

import { z } from 'zod'

export const Person = z.object({
  id: z.int(),
  name: z.string(),
  role: z.enum(['agent', 'lead', 'admin']),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
})
export type Person = z.infer<typeof Person>

const Start = z.object({
  token: z.string(),
  validForMs: z.number(),
  /** The server's time when it answered. */
  now: z.number(),
  person: Person,
  subdomain: z.string(),
  zendeskUrl: z.url(),
})
export type Start = z.infer<typeof Start>

/** What the server put into the page for whoever signed in; taken out of the document, where nothing else finds it. */
export function takeStart(page: Document): Start | null {
  const meta = page.querySelector<HTMLMetaElement>('meta[name="baton-start"]')
  const text = meta?.content ?? ''
  meta?.remove()
  try {
    return Start.parse(JSON.parse(text))
  } catch {
    return null
  }
}

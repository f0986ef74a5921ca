import { z } from 'zod'

/** The calls of the Zendesk client that setting up needs; answers are parsed, keeping only what is used. */
export type AdminApi = {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>
  put<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>
  patch(path: string, body: unknown): Promise<void>
  delete(path: string): Promise<void>
}

const Option = z.object({ name: z.string(), value: z.string() })

export const FoundField = z.object({
  id: z.int(),
  title: z.string(),
  type: z.string(),
  active: z.boolean(),
  custom_field_options: z.array(Option.extend({ id: z.int().optional() })).default([]),
})
export type FoundField = z.infer<typeof FoundField>

export const FoundForm = z.object({
  id: z.int(),
  name: z.string(),
  active: z.boolean(),
  ticket_field_ids: z.array(z.int()),
})

export const FoundGroup = z.object({ id: z.int(), name: z.string() })
export const FoundWebhook = z.object({ id: z.string(), name: z.string(), endpoint: z.string(), status: z.string() })

const Condition = z.object({ field: z.string(), operator: z.string(), value: z.unknown() })
const Action = z.object({ field: z.string(), value: z.unknown() })

export const FoundTrigger = z.object({
  id: z.int(),
  title: z.string(),
  active: z.boolean(),
  conditions: z.object({ all: z.array(Condition), any: z.array(Condition) }),
  actions: z.array(Action),
})

export const FoundView = z.object({ id: z.int(), title: z.string() })
const Me = z.object({ id: z.int().nullable(), name: z.string().nullable(), role: z.string() })

/** What an account holds of the things Baton needs. */
export type Inventory = {
  /** Baton’s user, an admin. */
  me: { id: number; name: string }
  fields: FoundField[]
  forms: z.infer<typeof FoundForm>[]
  groups: z.infer<typeof FoundGroup>[]
  webhooks: z.infer<typeof FoundWebhook>[]
  triggers: z.infer<typeof FoundTrigger>[]
  views: z.infer<typeof FoundView>[]
}

/**
 * @throws {NotSignedIn} Zendesk answers 200 with an anonymous user when credentials are wrong (api.md 6.1).
 * @throws {NotAnAdmin} before anything that only admins may read is asked for
 */
export async function readInventory(api: AdminApi): Promise<Inventory> {
  const { user } = await api.get('/api/v2/users/me', z.object({ user: Me }))
  if (user.id === null) throw new NotSignedIn()
  if (user.role !== 'admin') throw new NotAnAdmin(user.name ?? `user ${user.id}`)

  const [fields, forms, groups, webhooks, triggers, views] = await Promise.all([
    readAll(api, '/api/v2/ticket_fields', 'ticket_fields', FoundField),
    api.get('/api/v2/ticket_forms', z.object({ ticket_forms: z.array(FoundForm) })).then((it) => it.ticket_forms),
    readAll(api, '/api/v2/groups', 'groups', FoundGroup),
    readAll(api, '/api/v2/webhooks', 'webhooks', FoundWebhook),
    readAll(api, '/api/v2/triggers', 'triggers', FoundTrigger),
    readAll(api, '/api/v2/views', 'views', FoundView),
  ])
  return {
    me: { id: user.id, name: user.name ?? '' },
    fields,
    forms,
    groups,
    webhooks,
    triggers,
    views,
  }
}

/** Zendesk said who we are: nobody. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn'
  constructor() {
    super('Zendesk does not know the OAuth client. Check ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET.')
  }
}

/** The user who owns our OAuth client may not read, let alone change, triggers and webhooks. */
export class NotAnAdmin extends Error {
  override readonly name = 'NotAnAdmin'
  readonly advice: string

  constructor(userName: string) {
    const advice = `Make ${userName}, who owns the OAuth client, an admin, or create the client as one: triggers and webhooks need it.`
    super(`Baton’s user in Zendesk, ${userName}, is not an admin. ${advice}`)
    this.advice = advice
  }
}

/** Follows cursor pages; `has_more` alone says when to stop, the next link is there even at the end. */
async function readAll<T>(api: AdminApi, path: string, key: string, item: z.ZodType<T>): Promise<T[]> {
  const rows: T[] = []
  let after: string | null = null
  do {
    const query = new URLSearchParams({ 'page[size]': '100', ...(after ? { 'page[after]': after } : {}) })
    const page: Record<string, unknown> = await api.get(`${path}?${query}`, z.looseObject({}))
    rows.push(...z.array(item).parse(page[key]))
    const meta = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).safeParse(page.meta)
    after = meta.success && meta.data.has_more ? (meta.data.after_cursor ?? null) : null
  } while (after !== null)
  return rows
}

import type { SdkClient } from '../../app/zaf/client.ts'
import type {
  ClockExplanation,
  DecideResponse,
  EscalationResponse,
  EscalationView,
  Form,
} from '../../core/contract/api.ts'
import type { TicketDrafts } from '../../core/contract/article-drafts.ts'
import type { LifeView } from '../../core/contract/life.ts'
import type { SimilarResponse } from '../../core/contract/similar.ts'
import type { Decision } from '../../core/decide/decision.ts'
import { completeness, DEFAULT_BAR, DEFAULT_WEIGHTS } from '../../core/note/completeness.ts'
import { Note } from '../../core/note/note.ts'
import type { Severity } from '../../core/severity.ts'

/** One answer to a call; `silence` never answers. `after` lets the call do its work first. */
export type Fault = { status: number; body?: unknown; after?: boolean; headers?: Record<string, string> } | 'silence'

type Audit = {
  id: number
  author_id: number
  created_at: string
  metadata: { custom: Record<string, unknown> }
}

export type Desk = ReturnType<typeof createDesk>

export const TICKET_ID = 35436
export const AGENT = { id: 5001, name: 'Ana Agent' }
export const OTHER_AGENT = { id: 5002, name: 'Ben Bell' }

/**
 * What lies beyond Zendesk's client: one ticket, its audits, and the answers of our server. It stands at the boundary
 * of the app alone; the real thing is the local Zendesk, which the flow and browser tests use.
 */
export function createDesk() {
  const desk = {
    ticket: {
      id: TICKET_ID,
      subject: 'SSO login fails with a SAML error',
      description: 'Since this morning nobody can log in.',
      status: 'open',
      tags: ['vip'],
      updated_at: '2026-03-06T13:00:00Z',
      requester_id: 901,
      organization_id: 77,
    },
    organization: {
      id: 77,
      name: 'Acme Corp',
      organization_fields: { customer_tier: 'enterprise', arr: 120000, health_score: 72 } as Record<string, unknown>,
    },
    comments: [
      aComment(901, 'Since this morning nobody can log in.\nWe see "Invalid SAML response".', ['screenshot.png']),
      aComment(AGENT.id, 'Thanks, looking into it.'),
    ],
    me: { role: 'agent', role_type: 0 as number | null, iana_time_zone: 'Europe/Berlin', locale: 'en-US' },
    audits: [] as Audit[],
    locale: 'en-US',
    colorScheme: 'light',
    settings: { server_url: 'https://baton.acme.test' } as Record<string, unknown>,
    form: aForm(),
    escalation: null as EscalationView | null,
    refused: [] as EscalationResponse['refused'],
    timeline: [] as EscalationResponse['timeline'],
    clocks: [] as EscalationResponse['clocks'],
    stopped: null as EscalationResponse['stopped'],
    similar: { cases: [], suggestions: [] } as SimilarResponse,
    /** Null: the policy knows of none. */
    drafts: null as TicketDrafts | null,
    /** The server's time; the browser's when left alone. */
    asOf: null as string | null,
    explanation: null as ClockExplanation | null,
    isServerDown: false,
    decision: {} as Partial<Decision>,
    /** Faults by `METHOD path`, first in first out. */
    faults: new Map<string, Fault[]>(),
    /** What the app asked of Zendesk's page, such as `comment.appendText`. */
    invoked: [] as { action: string; values: unknown[] }[],
    hasEditor: true,
    commentType: 'publicReply',
    calls: [] as { method: string; url: string; body: unknown; options: Record<string, unknown> }[],
    handlers: new Map<string, Set<(message?: unknown) => void>>(),
    now: '2026-03-06T13:30:00Z',
    fault,
    emit,
    client,
    answer,
    updates,
    land,
  }
  return desk

  function fault(call: string, ...faults: Fault[]) {
    desk.faults.set(call, [...(desk.faults.get(call) ?? []), ...faults])
  }

  function emit(event: string, message?: unknown) {
    for (const handler of desk.handlers.get(event) ?? []) handler(message)
  }

  /** The updates of the ticket that were asked for, in order. */
  function updates(): TicketUpdate[] {
    return desk.calls
      .filter(({ method }) => method === 'PUT')
      .map(({ body }) => (body as { ticket: TicketUpdate }).ticket)
  }

  /** Somebody's command lands in the ticket. */
  function land(authorId: number, baton: unknown, at = desk.now) {
    desk.audits.unshift({
      id: desk.audits.length + 1,
      author_id: authorId,
      created_at: at,
      metadata: { custom: { baton } },
    })
    desk.ticket.updated_at = at
  }

  function answer(method: string, url: string, body: unknown): { status: number; body: unknown } {
    const path = url
      .replace(/^https?:\/\/[^/]+/, '')
      .replace(/\?.*$/, '')
      .replace(/\.json$/, '')
    if (path === '/api/v2/users/me') return ok({ user: { id: AGENT.id, name: AGENT.name, ...desk.me } })
    if (path === `/api/v2/tickets/${TICKET_ID}/comments`) return ok({ comments: desk.comments })
    if (path === `/api/v2/tickets/${TICKET_ID}/audits`) return ok({ audits: desk.audits, users: [AGENT, OTHER_AGENT] })
    if (path === `/api/v2/tickets/${TICKET_ID}` && method === 'PUT') return update(body as { ticket: TicketUpdate })
    if (path === `/api/v2/tickets/${TICKET_ID}`) {
      return ok({
        ticket: desk.ticket,
        users: [{ id: 901, name: 'Jane Doe', email: 'jane@acme.test' }, AGENT],
        organizations: [desk.organization],
      })
    }
    if (desk.isServerDown) return { status: 502, body: 'Bad Gateway' }
    if (path === `/api/tickets/${TICKET_ID}/escalation`) {
      const { form, escalation, refused, timeline, clocks, stopped } = desk
      const asOf = desk.asOf ?? new Date().toISOString()
      return ok({
        ...{ ticketId: TICKET_ID, form, escalation, refused, timeline, asOf, clocks, stopped },
      } satisfies EscalationResponse)
    }
    if (path.startsWith(`/api/tickets/${TICKET_ID}/clocks/`)) {
      const id = decodeURIComponent(path.split('/').at(-1)!)
      if (desk.explanation) return ok({ ...desk.explanation, id } satisfies ClockExplanation)
      return { status: 404, body: { error: 'clock-not-found', message: 'No such clock' } }
    }
    if (path === `/api/tickets/${TICKET_ID}/article-drafts` && desk.drafts) {
      if (method === 'POST') {
        const { form } = body as { form: 'article' | 'runbook' }
        desk.drafts.drafts.push({ form, standing: 'wanted', title: null, url: null, trouble: null })
      }
      return ok(structuredClone(desk.drafts) satisfies TicketDrafts)
    }
    if (path === '/api/similar') return ok(desk.similar)
    if (path === '/api/similar/answers') return { status: 204, body: null }
    if (path === '/api/decide') return ok(decideAbout((body as { note: Note }).note))
    return { status: 404, body: { error: 'RecordNotFound' } }
  }

  function decideAbout(note: Note): DecideResponse {
    const severity = note.triage.severity ?? 'P2'
    return {
      decision: { ...aDecision(severity), ...desk.decision },
      completeness: completeness(note, desk.form),
      respondBy: '2026-03-06T14:40:00Z',
    }
  }

  function update({ ticket }: { ticket: TicketUpdate }) {
    if (desk.ticket.status === 'closed') {
      const details = { status: [{ description: 'Status: closed prevents ticket update' }] }
      return { status: 422, body: { error: 'RecordInvalid', description: 'Record validation errors', details } }
    }
    if (ticket.updated_stamp !== desk.ticket.updated_at) return { status: 409, body: { error: 'UpdateConflict' } }
    desk.ticket.tags = ticket.tags
    land(AGENT.id, ticket.metadata.baton)
    return ok({ ticket: desk.ticket, audit: desk.audits[0] })
  }

  function client(): SdkClient {
    const known: Record<string, unknown> = {
      currentUser: {
        ...AGENT,
        email: 'ana@acme.test',
        role: desk.me.role,
        locale: desk.locale,
        timeZone: { ianaName: 'Europe/Berlin' },
      },
      'currentAccount.subdomain': 'acme',
      'ticket.id': TICKET_ID,
      colorScheme: desk.colorScheme,
      get 'comment.type'() {
        return desk.commentType
      },
    }
    return {
      get: async (paths) => Object.fromEntries([['errors', {}], ...paths.map((path) => [path, known[path]])]),
      async invoke(action, ...values) {
        if (action.startsWith('comment.') && !desk.hasEditor) throw new Error(`${action} is not possible here`)
        desk.invoked.push({ action, values })
        return { errors: {} }
      },
      metadata: async () => ({ appId: 1, settings: desk.settings }),
      context: async () => ({ ticketId: TICKET_ID, account: { subdomain: 'acme' } }),
      request,
      on(event, handler) {
        desk.handlers.set(event, (desk.handlers.get(event) ?? new Set()).add(handler))
      },
      off(event, handler) {
        desk.handlers.get(event)?.delete(handler)
      },
    }
  }

  async function request(options: Record<string, unknown>): Promise<unknown> {
    const method = String(options.type ?? 'GET')
    const url = String(options.url)
    const body = typeof options.data === 'string' ? JSON.parse(options.data) : undefined
    desk.calls.push({ method, url, body, options })
    const planned = desk.faults.get(`${method} ${url.replace(/\?.*$/, '')}`)?.shift()
    if (planned === 'silence') return new Promise(() => {})
    if (planned?.after) answer(method, url, body)
    const { status, body: said } = planned ?? answer(method, url, body)
    const headers = planned?.headers ?? {}
    if (status >= 200 && status < 300) return structuredClone(said)
    throw { status, responseJSON: said, responseText: JSON.stringify(said), responseHeaders: headers }
  }
}

export type TicketUpdate = {
  comment: { html_body: string; public: boolean }
  tags: string[]
  metadata: { baton: { v: number; verb: string; id: string; ticket: number; digest: string } }
  safe_update: boolean
  updated_stamp: string
}

export function aComment(authorId: number, text: string, files: string[] = [], isPublic = true) {
  return {
    id: 1,
    author_id: authorId,
    public: isPublic,
    plain_body: text,
    body: text,
    created_at: '2026-03-06T12:00:00Z',
    attachments: files.map((file_name) => ({ file_name })),
  }
}

export function aForm(): Form {
  return {
    policyVersion: '1',
    tiers: [
      {
        level: 1,
        name: 'Front-Line Support',
        capabilities: ['known_issues', 'password_resets'],
        criteria: ['Issue not in runbook or knowledge base', 'Resolution requires backend access'],
      },
      { level: 2, name: 'Specialist Support', capabilities: ['bug_investigation'], criteria: [] },
      { level: 3, name: 'Engineering', capabilities: ['code_fixes'], criteria: [] },
    ],
    components: [
      { id: 'sso', name: 'Single sign-on', keywords: ['sso', 'saml', 'login'] },
      { id: 'billing', name: 'Billing', keywords: ['invoice', 'payment'] },
    ],
    categories: ['outage', 'security', 'bug'],
    severities: [
      { severity: 'P0', description: 'Production outage affecting all customers' },
      { severity: 'P1', description: 'Production degradation or data integrity issue' },
      { severity: 'P2', description: 'Feature broken for subset of customers' },
    ],
    weights: { ...DEFAULT_WEIGHTS } as Record<string, number>,
    bar: DEFAULT_BAR,
    sentAtOnce: ['P0', 'P1'],
  }
}

export function aDecision(severity: Severity = 'P2'): Decision {
  const isUrgent = severity === 'P0' || severity === 'P1'
  return {
    tier: isUrgent ? 3 : 2,
    tierName: isUrgent ? 'Engineering' : 'Specialist Support',
    queue: isUrgent ? 'platform' : 'identity',
    queueName: isUrgent ? 'Platform' : 'Identity',
    group: isUrgent ? 'Platform engineers' : 'Identity specialists',
    severity,
    urgency: {
      score: 62,
      points: [
        { id: 'enterprise', title: 'Enterprise customer', points: 30 },
        { id: 'severity', title: `Severity ${severity}`, points: 32 },
      ],
      missed: [{ id: 'low-health', title: 'Health below 50', points: 10 }],
    },
    priority: 'high',
    tags: ['baton_l2'],
    targets: { firstResponse: 120, resolution: 480 },
    notification: null,
    stakeholders: [],
    reasons: ['Component “Single sign-on” belongs to Identity', `Severity ${severity} starts at tier 2`],
    policyVersion: '1',
    trace: [
      {
        rule: 'sso',
        title: 'Sign-on goes to Identity',
        matched: true,
        set: { tier: '2', queue: 'identity' },
        all: [{ field: 'note.component', operator: 'is', value: 'sso', observed: 'sso', held: true }],
        any: [],
        skipped: null,
      },
      {
        rule: 'billing',
        title: 'Billing goes to Payments',
        matched: false,
        set: {},
        all: [{ field: 'note.component', operator: 'is', value: 'billing', observed: 'sso', held: false }],
        any: [],
        skipped: null,
      },
    ],
  }
}

export function anEscalation(overrides: Partial<EscalationView> = {}): EscalationView {
  return {
    id: 'ESC-2026-000123',
    stage: 'requested',
    note: Note.parse({ issue: { summary: 'SSO login fails' }, escalated_from: 'L1' }),
    owed: [],
    decision: aDecision(),
    requestedBy: AGENT,
    requestedAt: '2026-03-06T13:30:00Z',
    respondBy: '2026-03-06T14:40:00Z',
    routing: { state: 'done', reason: null, detail: null, attempts: 1 },
    life: aLife(),
    ...overrides,
  }
}

/** Nothing has happened yet, and the one who looks may only read. */
export function aLife(overrides: Partial<LifeView> = {}): LifeView {
  return {
    owner: null,
    helpers: [],
    may: [],
    progress: [],
    estimate: null,
    release: null,
    issues: [],
    fix: null,
    returned: null,
    resolution: null,
    approval: null,
    advice: null,
    promise: null,
    monitoringUntil: null,
    onCall: null,
    proposal: null,
    askedAbout: [],
    bounces: 0,
    queues: [
      { id: 'identity', name: 'Identity', tier: 2 },
      { id: 'billing', name: 'Billing', tier: 2 },
      { id: 'platform', name: 'Platform', tier: 3 },
    ],
    taken: [],
    ...overrides,
  }
}

function ok(body: unknown) {
  return { status: 200, body }
}

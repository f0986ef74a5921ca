import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCommand } from '../../../app/sidebar/command.ts'
import { sendCommand } from '../../../app/sidebar/send.ts'
import { createZaf } from '../../../app/zaf/client.ts'
import { Note } from '../../../core/note/note.ts'
import { createDesk, type Fault, OTHER_AGENT, TICKET_ID } from '../desk.ts'

const TICKET = `/api/v2/tickets/${TICKET_ID}.json`
const PUT = `PUT ${TICKET}`
const OWN_ID = '01JNXAAAAAAAAAAAAAAAAAAAAA'
const OTHER_ID = '01JNXBBBBBBBBBBBBBBBBBBBBB'
const REFUSED_ID = '01JNXCCCCCCCCCCCCCCCCCCCCC'
const CLEAR = { asOf: '2026-03-06T13:00:00Z', refused: [REFUSED_ID] }
const note = Note.parse({ issue: { summary: 'SSO login fails' } })

describe('sendCommand', () => {
  it.each<[string, Fault[], number]>([
    ['at once', [], 1],
    ['after two conflicts', [{ status: 409 }, { status: 409 }], 3],
    ['after a limit', [{ status: 429, headers: { 'retry-after': '7' } }], 2],
    ['after a failure that did nothing', [{ status: 503 }], 2],
    ['after a failure that did everything', [{ status: 504, after: true }], 1],
  ])('puts the command into the ticket %s, exactly once', async (_, faults, updates) => {
    const { outcome, desk, waits } = await send((desk) => desk.fault(PUT, ...faults))

    expect(outcome).toMatchObject({ kind: 'sent' })
    expect(ownCommands(desk)).toHaveLength(1)
    expect(desk.updates()).toHaveLength(updates)
    if (_ === 'after a limit') expect(waits).toEqual([7000])
  })

  it('takes over the tags somebody added between reading and writing', async () => {
    const { desk } = await send((desk) => {
      const { answer } = desk
      desk.fault(PUT, { status: 409 })
      let reads = 0
      desk.answer = answer
      const original = desk.ticket
      Object.defineProperty(desk, 'ticket', {
        get: () => {
          reads += 1
          if (reads === 3) Object.assign(original, { tags: ['vip', 'urgent'], updated_at: '2026-03-06T13:10:00Z' })
          return original
        },
      })
    })
    expect(desk.ticket.tags).toEqual(['vip', 'urgent', 'baton'])
  })

  it('finds an earlier try that landed, with whatever text it had', async () => {
    const { outcome, desk } = await send((desk) =>
      desk.land(5001, { v: 1, verb: 'escalate', id: OWN_ID, ticket: TICKET_ID, digest: 'A'.repeat(43) }),
    )
    expect(outcome).toMatchObject({ kind: 'sent', landedDigest: 'A'.repeat(43) })
    expect(desk.updates()).toEqual([])
  })

  it('tells the second of two agents who came first', async () => {
    const { outcome, desk } = await send((desk) =>
      desk.land(OTHER_AGENT.id, { v: 1, verb: 'escalate', id: OTHER_ID, ticket: TICKET_ID, digest: 'B'.repeat(43) }),
    )
    expect(outcome).toEqual({ kind: 'not-sent', failure: 'already-escalated', detail: 'Ben Bell' })
    expect(desk.updates()).toEqual([])
  })

  it('is not held up by an escalation that had ended before', async () => {
    const { outcome } = await send((desk) =>
      desk.land(
        OTHER_AGENT.id,
        { v: 1, verb: 'escalate', id: OTHER_ID, ticket: TICKET_ID, digest: 'B'.repeat(43) },
        '2026-02-01T10:00:00Z',
      ),
    )
    expect(outcome.kind).toBe('sent')
  })

  it('is not held up by a hand-over that was refused', async () => {
    const { outcome } = await send((desk) =>
      desk.land(5001, { v: 1, verb: 'escalate', id: REFUSED_ID, ticket: TICKET_ID, digest: 'B'.repeat(43) }),
    )
    expect(outcome.kind).toBe('sent')
  })

  it('is not held up by an envelope copied from another ticket', async () => {
    const { outcome } = await send((desk) =>
      desk.land(OTHER_AGENT.id, { v: 1, verb: 'escalate', id: OTHER_ID, ticket: 7, digest: 'B'.repeat(43) }),
    )
    expect(outcome.kind).toBe('sent')
  })

  it.each<[string, Fault, string]>([
    ['closed', { status: 422, body: refusal('Status: closed prevents ticket update') }, 'ticket-closed'],
    ['missing a required field', { status: 422, body: refusal('Product: is required') }, 'rejected'],
    ['not theirs to change', { status: 403 }, 'denied'],
    ['gone', { status: 404 }, 'ticket-gone'],
    ['out of reach, being signed out', { status: 401 }, 'signed-out'],
  ])('gives up at once when the ticket is %s', async (_, fault, failure) => {
    const { outcome, desk } = await send((desk) => desk.fault(PUT, fault))
    expect(outcome).toMatchObject({ kind: 'not-sent', failure })
    expect(desk.updates()).toHaveLength(1)
  })

  it('does not write to a ticket it reads as closed', async () => {
    const { outcome, desk } = await send((desk) => {
      desk.ticket.status = 'closed'
    })
    expect(outcome).toMatchObject({ failure: 'ticket-closed' })
    expect(desk.updates()).toEqual([])
  })

  it.each([
    ['changed all the time', 409, 'conflict'],
    ['over the limit', 429, 'rate-limited'],
    ['without an answer', 0, 'unreachable'],
  ])('gives up in the end when Zendesk stays %s', async (_, status, failure) => {
    const { outcome } = await send((desk) => desk.fault(PUT, ...Array<Fault>(9).fill({ status })))
    expect(outcome).toMatchObject({ kind: 'not-sent', failure })
  })

  it('sends nothing that is longer than a comment may be', async () => {
    const desk = createDesk()
    const long = Note.parse({ diagnostics: { evidence: Array(5).fill('€'.repeat(15_000)) } })
    const command = await createCommand(OWN_ID, 'escalate', TICKET_ID, long)
    const outcome = await sendCommand(createZaf(desk.client()), command, { clearance: CLEAR })
    expect(outcome).toMatchObject({ failure: 'too-long' })
    expect(desk.calls).toEqual([])
  })

  it('lands at most once, however Zendesk fails and however often the agent tries', async () => {
    const status = fc.constantFrom(0, 401, 403, 409, 429, 500, 502, 504)
    const fault = fc.record({ status, after: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 12 }), fc.array(fault, { maxLength: 4 }), async (onPut, onGet) => {
        const desk = createDesk()
        // A refusal means that nothing was done; only a missing answer leaves it open.
        desk.fault(
          PUT,
          ...onPut.map(({ status, after }) => ({ status, after: after && (status === 0 || status >= 500) })),
        )
        desk.fault(`GET ${TICKET}`, ...onGet)
        for (let tries = 0; tries < 20; tries += 1) {
          const outcome = await sendTo(desk)
          if (outcome.kind === 'sent') break
        }
        expect(ownCommands(desk)).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
  })
})

async function send(arrange: (desk: ReturnType<typeof createDesk>) => void) {
  const desk = createDesk()
  arrange(desk)
  const waits: number[] = []
  return { outcome: await sendTo(desk, waits), desk, waits }
}

async function sendTo(desk: ReturnType<typeof createDesk>, waits: number[] = []) {
  const command = await createCommand(OWN_ID, 'escalate', TICKET_ID, note)
  return sendCommand(createZaf(desk.client()), command, {
    clearance: CLEAR,
    wait: async (ms) => {
      waits.push(ms)
    },
  })
}

function ownCommands({ audits }: ReturnType<typeof createDesk>) {
  return audits.filter(({ metadata }) => (metadata.custom.baton as { id?: string } | undefined)?.id === OWN_ID)
}

function refusal(description: string) {
  return { error: 'RecordInvalid', details: { base: [{ description }] } }
}

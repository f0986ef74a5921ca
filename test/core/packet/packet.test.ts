import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Escalation } from '../../../core/escalation/state.ts'
import { showValue } from '../../../core/form/field-values.ts'
import { decodeEntities } from '../../../core/form/html-entities.ts'
import { isEmptyValue, NOTE_FIELDS, readField } from '../../../core/note/fields.ts'
import type { Note } from '../../../core/note/note.ts'
import { type PacketInput, packetOf } from '../../../core/packet/packet.ts'
import { Packet } from '../../../core/packet/shape.ts'
import { toHtml } from '../../../core/packet/to-html.ts'
import { toMarkdown } from '../../../core/packet/to-markdown.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { aNote } from '../../support/notes.ts'
import { anyNote, nastyText } from '../note/arbitraries.ts'
import { aClock, anEntry, anEscalation, anInput, aRemark, TEN } from './a-packet.ts'

const summaryOf = (given: Partial<PacketInput>) =>
  Object.fromEntries(packetOf(anInput(given)).summary.map(({ label, text }) => [label, text]))
const titlesOf = (given: Partial<PacketInput>) => packetOf(anInput(given)).sections.map(({ title }) => title)

describe('packetOf', () => {
  it('tells what a receiver asks first: what, impact, tried, ask', () => {
    expect(titlesOf({})).toEqual([
      'What is happening',
      'Impact',
      'What was tried',
      'What is needed',
      'Customer',
      'Conversation with the customer',
      'Decision',
      'Clocks',
      'Timeline',
    ])
  })

  it('has the shape that is promised to programs', () => {
    fc.assert(fc.property(anyNote, (note) => void Packet.parse(packetOf(withNote(note)))))
  })

  it('leaves out no word of any field', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const words = wordsIn(packetOf(withNote(note)))
        for (const text of textsOf(note)) expect(words).toContain(text)
      }),
    )
  })

  it('has the public conversation in order, and says so when there is none', () => {
    const late = aRemark({
      at: '2026-03-06T09:30:00.000Z',
      role: 'agent',
      by: 'Ana Lindqvist',
      text: 'We look into it.',
    })
    const packet = packetOf(anInput({ comments: [late, aRemark()] }))
    const [block] = packet.sections.find(({ id }) => id === 'conversation')!.blocks
    expect(block).toMatchObject({ kind: 'conversation', remarks: [{ by: 'Jane Doe' }, { by: 'Ana Lindqvist' }] })
    expect(wordsIn(packetOf(anInput({ comments: [] })))).toContain('Nothing was said in public yet.')
  })

  it('never has an internal comment in it, unless a receiver asks for it', () => {
    const comments = [aRemark(), aRemark({ isPublic: false, role: 'agent', text: 'They are two invoices behind.' })]
    const has = (given: Partial<PacketInput>) =>
      JSON.stringify(packetOf(anInput({ comments, ...given }))).includes('invoices')
    expect(has({})).toBe(false)
    expect(has({ audience: 'executives' })).toBe(false)
    expect(has({ audience: 'executives', withInternal: true })).toBe(false)
    expect(has({ withInternal: true })).toBe(true)
  })

  it('names what the note still owes as people know it', () => {
    const escalation = anEscalation({ owed: [{ field: 'diagnostics.log_excerpts', points: 2 }] })
    expect(wordsIn(packetOf(anInput({ escalation })))).toContain('Log excerpts')
  })

  it('has the points of the urgency, with their sum', () => {
    const table = packetOf(anInput())
      .sections.find(({ id }) => id === 'decision')!
      .blocks.at(-1)
    expect(table).toMatchObject({
      rows: [
        ['Enterprise customer', '62'],
        ['Sum, at most 100', '62'],
      ],
    })
  })

  it('tells what was done, which issues engineering works in, and what ships when', () => {
    const by = { id: 12, name: 'Elif Aydin' }
    const url = 'https://github.com/acme/shop/issues/12'
    const words = wordsIn(
      packetOf(
        anInput({
          escalation: anEscalation({
            owner: by,
            helpers: [{ id: null, name: 'Marta' }],
            progress: [
              {
                ...{ at: TEN, by, status: 'fixing', actions: ['Read the SAML logs'], nextSteps: 'Flush the cache' },
                ...{ cause: 'Old certificate is cached', estimate: TEN + HOUR_MS },
              },
            ],
            issues: [
              {
                ...{ tracker: 'github', host: 'github.com', key: 'acme/shop#12', url, title: 'Cache', at: TEN, by },
                told: { state: 'fixed', at: TEN, by: 'octocat' },
              },
            ],
            release: { at: TEN, by, release: 'hotfix', date: TEN + 2 * HOUR_MS, reason: 'Renewal is due' },
          }),
        }),
      ),
    )
    for (const text of ['Elif Aydin', 'Marta', 'Read the SAML logs', 'Flush the cache', 'Old certificate is cached']) {
      expect(words).toContain(text)
    }
    for (const text of [
      'GitHub acme/shop#12: Cache',
      'Fixed, not released',
      url,
      'a hotfix',
      '2026-03-06T12:00:00.000Z',
      'Renewal is due',
    ]) {
      expect(words.join('\n')).toContain(text)
    }
  })
})

describe('the summary', () => {
  it('says what, for whom, where it stands, how long there is and what comes next', () => {
    expect(summaryOf({})).toEqual({
      What: 'SSO login fails intermittently with SAML assertion error',
      Customer: 'Acme Corp, enterprise customer',
      Impact: '50+ users cannot reliably sign in\nExecutive review next week',
      'Where it stands':
        'P2, being investigated since 2026-03-06 09:30 UTC. With Identity (tier 2, Specialists). ' +
        'Asked for by Ana Lindqvist, 2026-03-06 09:00 UTC.',
      'Why there': 'Component sso belongs to Identity.',
      Time: 'Resolution, tier 2: 7 h left, due 2026-03-06 17:00 UTC.',
      'Next step': 'Check if the platform is caching the old IdP certificate',
    })
  })

  it('names every clock that was missed beside the next one', () => {
    const missed = aClock({ name: 'customer', tier: null, state: 'breached', breachedAt: '2026-03-06T09:45:00.000Z' })
    expect(summaryOf({ clocks: [aClock(), missed] }).Time).toBe(
      'Resolution, tier 2: 7 h left, due 2026-03-06 17:00 UTC.\nCustomer: missed 2026-03-06 09:45 UTC.',
    )
  })

  it('says when time rests, and when only working time counts', () => {
    const paused = { status: 'pending', why: null, by: null }
    const clock = aClock({ state: 'paused', paused, deadline: null, schedule: 'Berlin office' })
    expect(summaryOf({ clocks: [clock] }).Time).toBe(
      'Resolution, tier 2: paused while pending, 7 h of working time left.',
    )
  })

  it('leaves out what nobody said', () => {
    const note = aNote({ issue: { summary: '', customer_impact: '', business_impact: '' }, suggested_next_step: '' })
    expect(summaryOf({ escalation: anEscalation({ note }), clocks: [], organization: null })).toEqual({
      What: 'SSO login fails',
      Customer: expect.any(String),
      'Where it stands': expect.any(String),
      'Why there': expect.any(String),
    })
  })

  it('takes the next step from whoever works on it, and none from what is resolved', () => {
    const by = { id: 12, name: 'Elif Aydin' }
    const report = { at: TEN, by, status: null, actions: [], nextSteps: 'Flush the cache', cause: '', estimate: null }
    expect(summaryOf({ escalation: anEscalation({ progress: [report] }) })['Next step']).toBe('Flush the cache')
    const resolution: Escalation['resolution'] = {
      at: TEN,
      by,
      rootCause: 'Cached certificate',
      code: 'fixed_in_code',
      fix: 'Cache is flushed',
      article: 'not_needed',
      articleUrl: '',
      articleReason: 'One customer',
      couldBeLower: false,
    }
    const resolved = summaryOf({ escalation: anEscalation({ stage: 'resolved', progress: [report], resolution }) })
    expect(resolved).toMatchObject({ 'Root cause': 'Cached certificate', Fix: 'Cache is flushed' })
    expect(resolved).not.toHaveProperty('Next step')
  })
})

describe.each([
  ['HTML', (packet: Packet) => htmlText(html(packet))],
  ['Markdown', (packet: Packet) => asRead(toMarkdown(packet))],
] as const)('the packet as %s', (_, shown) => {
  it('shows every word of any note', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const words = squeezed(shown(packetOf(withNote(note))))
        for (const text of textsOf(note)) expect(words).toContain(squeezed(text))
      }),
    )
  })

  it('shows German, Arabic and Hebrew as they are written', () => {
    const texts = ['Größenänderung schlägt fehl, Straße „Nord“', 'تسجيل الدخول لا يعمل', 'הכניסה נכשלת', '登录失败 😀']
    const note = aNote({ issue: { symptoms: texts, summary: texts[1]! }, escalation_reason: texts[2]! })
    const words = shown(
      packetOf(anInput({ escalation: anEscalation({ note }), comments: [aRemark({ text: texts[3]! })] })),
    )
    for (const text of texts) expect(words).toContain(text)
  })

  it('shows ten megabytes of comments to the last word', () => {
    const long = 'Nobody can sign in <since> this *morning*.\n'.repeat(1500)
    const comments = Array.from({ length: 160 }, (_, index) => aRemark({ text: `${long}number ${index}` }))
    const words = shown(packetOf(anInput({ comments })))
    expect(words.length).toBeGreaterThan(10_000_000)
    for (const index of [0, 80, 159]) expect(words).toContain(`number ${index}`)
  })
})

describe('the packet’s page', () => {
  it('is made of our own tags and attributes, whatever is written anywhere', () => {
    fc.assert(
      fc.property(anyNote, nastyText, nastyText, (note, one, other) => {
        const page = html(packetOf(hostile(note, `<script>${one}`, `"'><img src=x onerror=alert(1)>${other}`)))
        for (const [, name, attributes = ''] of page
          .replace(/^<!doctype html>|<style>.*?<\/style>/gs, '')
          .matchAll(/<\/?([^\s>]*)([^>]*)>/g)) {
          expect(TAGS).toContain(name)
          expect(attributes.replace(/ [a-z-]+="[^"<>]*"/g, '')).toBe('')
        }
      }),
    )
  })

  it('links nothing that runs', () => {
    for (const url of ['javascript:alert(1)', 'https://a"onclick="x', 'data:text/html,x', '//evil.example']) {
      const packet = packetOf(anInput({ similar: [{ id: 'ESC-1', summary: 'x', outcome: 'y', url }] }))
      expect(html(packet)).not.toContain('alert')
      expect(html(packet).match(/href="[^"#]*"/g)).toEqual(['href="https://acme.zendesk.com/agent/tickets/35436"'])
      expect(toMarkdown(packet).match(/\]\(/g)).toHaveLength(1)
    }
  })

  it('carries the policy that lets nothing in', () => {
    expect(html(packetOf(anInput()))).toContain(`content="default-src &#39;none&#39;"`)
  })
})

describe('the packet as Markdown', () => {
  it('lets nobody’s text become formatting', () => {
    const note = aNote({ issue: { summary: '# Not a heading\n| a | b |\n<b>bold</b>' } })
    const text = toMarkdown(packetOf(anInput({ escalation: anEscalation({ note }) })))
    expect(text).toContain('\\# Not a heading')
    expect(text).toContain('\\<b\\>bold')
  })
})

const TAGS = (
  'html head meta title style body header main section nav article h1 h2 h3 p strong span a time dl div dt dd ' +
  'ul ol li bdi pre table thead tbody tr th td'
).split(' ')

function html(packet: Packet): string {
  return toHtml(packet, "default-src 'none'")
}

function withNote(note: Note): PacketInput {
  return anInput({ escalation: anEscalation({ note }) })
}

/** The same hostile words wherever somebody could have written them. */
function hostile(note: Note, one: string, other: string): PacketInput {
  const by = { id: 1, name: one }
  return anInput({
    escalation: anEscalation({
      note,
      requestedBy: by,
      decision: { ...anEscalation().decision, reasons: [one], queueName: other, tierName: one, policyVersion: other },
    }),
    ticket: { ...anInput().ticket, subject: one, status: other, priority: one },
    requester: { name: one, email: other, locale: one },
    organization: { name: other },
    comments: [aRemark({ by: one, text: other, attachments: [one, other] })],
    timeline: [anEntry({ by, text: other })],
    clocks: [aClock({ schedule: one, state: 'paused', paused: { status: other, why: one, by: one } })],
    similar: [{ id: one, summary: other, outcome: one, url: `https://a/${encodeURIComponent(one.toWellFormed())}` }],
  })
}

/** What a note says, field by field, as it is shown. */
function textsOf(note: Note): string[] {
  return NOTE_FIELDS.flatMap(({ path, kind }) => {
    const value = readField(note, path)
    if (isEmptyValue(value)) return []
    if (Array.isArray(value)) return value
    return [typeof value === 'string' ? value : showValue(kind, value)]
  })
}

/** Every text of a packet, each as a whole. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []
}

function htmlText(page: string): string {
  return decodeEntities(page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, ''))
}

/** Text without the signs that keep it text, after the document as it is: code has no such signs. */
function asRead(markdown: string): string {
  return markdown + markdown.replace(/\\([\n\\`*_[\]<>&|~#$+=:.)-])/g, '$1')
}

/** What no page or document keeps apart: blanks, and characters that are none. */
function squeezed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD').replace(/\s+/g, '')
}

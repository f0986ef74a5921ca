import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldNotices, messageOf } from '../../../core/notice/fold.ts'
import type { Notice } from '../../../core/notice/notice.ts'
import { noticesFor } from '../../../core/notice/notices-for.ts'
import { renderEmail } from '../../../core/notice/render-email.ts'
import { renderPage } from '../../../core/notice/render-pagerduty.ts'
import { renderCard, renderSlack, SLACK_LIMITS } from '../../../core/notice/render-slack.ts'
import { renderText } from '../../../core/notice/render-text.ts'
import { splitText } from '../../../core/notice/split.ts'
import { CHANNELS } from '../../../core/notice/words.ts'
import { troubleIn } from '../../slack/check-blocks.ts'
import { aPolicy } from '../policy/policies.ts'
import { aNote, anEscalation, aSetting } from './notices.ts'

const policy = aPolicy(`  notifications: { send: [{ kind: [handoff, customer_confirmation], over: slack }] }\n`)

function aNotice(overrides: Partial<Notice> = {}): Notice {
  const { escalation, requested } = anEscalation()
  return { ...noticesFor(requested, escalation, policy, aSetting())[0]!, ...overrides }
}

const base = aNotice()
const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('<!channel> @here & <@U1>', 'line\nline', '', '*bold* _it_ `code`', '\u0000', '}}{{summary}}'),
)
const section = fc.record({ title: fc.constantFrom('Issue', 'Customer'), lines: fc.array(words, { maxLength: 5 }) })
const notice = fc
  .record({
    channel: fc.constantFrom(...CHANNELS),
    kind: fc.constantFrom('handoff', 'state', 'customer-confirmation', 'breach-warning', 'resolved') as fc.Arbitrary<
      Notice['kind']
    >,
    page: fc.constantFrom('trigger', 'acknowledge', 'resolve') as fc.Arbitrary<Notice['page']>,
    handOver: fc.nat(2),
    subject: words,
    opening: words,
    sections: fc.array(section, { maxLength: 3 }),
  })
  .map((some): Notice => ({ ...base, ...some }))
const lane = fc
  .tuple(fc.constantFrom(...CHANNELS), fc.array(notice, { minLength: 1, maxLength: 8 }))
  .map(([channel, notices]) => notices.map((one, index): Notice => ({ ...one, channel, id: `n${index}` })))

describe('folding', () => {
  it('loses nothing and doubles nothing, in any lane', () => {
    fc.assert(
      fc.property(lane, (waiting) => {
        const { folds, overtaken } = foldNotices(waiting)
        const ids = [...folds.flat(), ...overtaken].map(({ id }) => id)
        expect(ids.toSorted()).toEqual(waiting.map(({ id }) => id).toSorted())
        if (waiting[0]!.channel !== 'pagerduty') expect(ids).toEqual(waiting.map(({ id }) => id))
        for (const page of overtaken) expect(page.page).toBe('trigger')
      }),
    )
  })

  it('keeps every word of what it puts together', () => {
    fc.assert(
      fc.property(lane, (waiting) => {
        for (const fold of foldNotices(waiting).folds) {
          const text = renderText(messageOf(fold))
          for (const { kind, subject, opening, sections } of fold) {
            if (kind === 'state') continue
            for (const said of [subject, opening, ...sections.flatMap(({ lines }) => lines)])
              expect(text).toContain(said)
          }
        }
      }),
    )
  })

  it('never puts a text for the customer together with another', () => {
    fc.assert(
      fc.property(lane, (waiting) => {
        if (waiting[0]!.channel === 'pagerduty') return
        for (const fold of foldNotices(waiting).folds) {
          if (fold.some(({ kind }) => kind === 'customer-confirmation')) expect(fold).toHaveLength(1)
        }
      }),
    )
  })

  it('pages nobody for what was accepted or is over', () => {
    const pages = (['trigger', 'trigger', 'resolve'] as const).map((page, index) =>
      aNotice({ channel: 'pagerduty', id: String(index), page }),
    )
    expect(foldNotices(pages)).toEqual({ folds: [[pages[2]]], overtaken: [pages[0], pages[1]] })
  })
})

describe('splitting', () => {
  it('keeps each piece within the limit and the whole whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 20, max: 60 }), (text, limit) => {
        const pieces = splitText(text, limit)
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit)
        const bare = (some: string) => some.replaceAll('\n', '')
        expect(bare(pieces.join(''))).toBe(bare(text))
      }),
    )
  })

  it('breaks lines before it breaks words', () => {
    expect(splitText('one two\nthree', 8)).toEqual(['one two', 'three'])
    expect(splitText('alpha beta gamma', 12)).toEqual(['alpha beta ', 'gamma'])
  })
})

describe('what Slack is sent', () => {
  it('is never refused, whatever the note says', () => {
    fc.assert(
      fc.property(lane, (waiting) => {
        for (const fold of foldNotices(waiting).folds) {
          const message = messageOf(fold)
          for (const { blocks, text } of [...renderSlack(message), renderCard(message.card)]) {
            expect(troubleIn(blocks)).toBeNull()
            expect(text.length).toBeGreaterThan(0)
            expect(text.length).toBeLessThanOrEqual(SLACK_LIMITS.text)
          }
        }
      }),
    )
  })

  it('holds every line of a note that is far too long for one message', () => {
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index} ${'<word> '.repeat(40)}`)
    const message = messageOf([aNotice({ sections: [{ title: 'Issue', lines }] })])
    const posts = renderSlack(message)
    expect(posts.length).toBeGreaterThan(1)
    const all = JSON.stringify(posts)
    for (const index of lines.keys()) expect(all).toContain(`line ${index} `)
    for (const { blocks } of posts) expect(troubleIn(blocks)).toBeNull()
  })

  it('says where the rest is when there is more than anybody reads', () => {
    const lines = Array.from({ length: 200 }, () => 'x'.repeat(20_000))
    const posts = renderSlack(messageOf([aNotice({ sections: [{ title: 'Issue', lines }] })]))
    expect(JSON.stringify(posts.at(-1))).toContain('All of it is on the ticket')
  })

  it('calls only the people it is for', () => {
    const contact = { name: 'Kei', email: null, slack: 'U0KEIITO1', zendesk: null }
    const hostile = aNotice({ opening: '<!channel> <@U0OTHER00>', recipients: [{ role: 'owner', contact }] })
    const written = JSON.stringify(renderSlack(messageOf([hostile])))
    expect(written).toContain('<@U0KEIITO1>')
    expect(written).not.toContain('<!channel>')
    expect(written).not.toContain('<@U0OTHER00>')
  })
})

describe('what PagerDuty is sent', () => {
  it('keeps a long subject whole beside the short one', () => {
    const subject = 'x'.repeat(3000)
    const { payload } = renderPage('trigger', 0, messageOf([aNotice({ subject })]), 0)
    expect(payload!.summary).toHaveLength(1024)
    expect(payload!.custom_details.subject).toBe(subject)
  })

  it('stays below what it takes, and says where the rest is', () => {
    const lines = Array.from({ length: 200 }, () => 'x'.repeat(20_000))
    const page = renderPage('trigger', 0, messageOf([aNotice({ sections: [{ title: 'Issue', lines }] })]), 0)
    expect(JSON.stringify(page).length).toBeLessThan(512 * 1024)
    expect(page.payload!.custom_details.message).toContain('on the ticket')
  })

  it.each([
    ['P0', 'critical'],
    ['P1', 'error'],
    ['P2', 'warning'],
    ['P3', 'info'],
  ] as const)('calls %s %s', (severity, said) => {
    const page = renderPage('trigger', 1, messageOf([aNotice({ card: { ...base.card, severity } })]), 0)
    expect(page.payload!.severity).toBe(said)
    expect(page.dedup_key).toBe('baton/ESC-2026-000001/1')
  })
})

describe('a letter', () => {
  it('begins no header and no markup that a note asks for', () => {
    const hostile = aNotice({ subject: 'a\r\nBcc: all@x.example', opening: '<script>alert(1)</script>' })
    const { subject, html } = renderEmail(messageOf([hostile]))
    expect(subject).not.toMatch(/[\r\n]/)
    expect(html).not.toContain('<script')
  })
})

describe('a text for the customer', () => {
  it('holds nothing that was written for ourselves, whatever that was', () => {
    const secret = fc.stringMatching(/^[A-Z]{12,20}$/)
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('en', 'de', 'fr', 'es', 'xx', 'constructor', '__proto__', '🙂'),
        (mark, locale) => {
          const written = aNote()
          const note = {
            ...written,
            issue: { summary: mark, symptoms: [mark], customer_impact: mark, business_impact: mark },
            steps_taken: [mark],
            escalation_reason: mark,
            suggested_next_step: mark,
            customer_context: { account: mark, tier: mark, health_score: 1, arr: mark, primary_contact: mark },
          }
          const { escalation, requested } = anEscalation({
            note,
            decision: { reasons: [mark], queueName: mark, tierName: mark },
          })
          const customer = { name: 'Jane', locale, timezone: 'Europe/Berlin' }
          const drafts = noticesFor(requested, escalation, policy, aSetting({ customer })).filter(
            ({ kind }) => kind === 'customer-confirmation',
          )
          expect(drafts).toHaveLength(1)
          const { subject, opening, sections } = drafts[0]!
          expect(JSON.stringify({ subject, opening, sections })).not.toContain(mark)
          expect(opening).toContain('Jane')
        },
      ),
    )
  })
})

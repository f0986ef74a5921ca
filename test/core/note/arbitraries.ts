import fc from 'fast-check'
import { NOTE_FIELDS } from '../../../core/note/fields.ts'
import type { Note } from '../../../core/note/note.ts'

/** Pieces that have broken note formats before, here or elsewhere. */
const NASTY = [
  ...NOTE_FIELDS.map(({ heading }) => heading),
  ...['Escalation note', '<h2>Escalation note</h2>', '<h3>Steps taken</h3>', '</p>', '</pre>', '<br>', '<li>', '</ul>'],
  ...[
    '<!--',
    '-->',
    '<![CDATA[',
    '<script>',
    '</div>',
    '<',
    '>',
    '&',
    '"',
    "'",
    '&lt;',
    '&amp;amp;',
    '&nbsp;',
    '&#39;',
  ],
  ...[
    '&#10;',
    '&eacute',
    '&unknown;',
    ' ',
    '  ',
    '   ',
    '\t',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    '\f',
    '\v',
    '\0',
    '\u001b[31m',
  ],
  ...[
    '\u0085',
    '\u00a0',
    '\u00ad',
    '\u2003',
    '\u200b',
    '\u200d',
    '\u200f',
    '\u202e',
    '\u2028',
    '\u2029',
    '\u3000',
    '\ufeff',
  ],
  ...[
    '\ufffe',
    '\uffff',
    '\ufdd0',
    '\ud83d',
    '\ude00',
    '😀',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    'שלום',
    'مرحبا بالعالم',
    'e\u0301',
    'é',
    '\u{1fffe}',
  ],
  ...[
    '␛',
    '␛;',
    '␛A0;',
    '␛41',
    '␊',
    '␍',
    '␉',
    '|',
    '| a | b |',
    '---',
    '* a',
    '- b',
    '1. c',
    '# d',
    '```',
    '~~~',
    '\\',
  ],
  ...['-', 'n/a', 'tbd', '72', '30 %', 'Yes', 'P1', 'https://example.com/a?b=1&c=2', 'jane@acme.com', 'a', 'word', '.'],
]

export const nastyText = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...NASTY), { maxLength: 12 }).map((pieces) => pieces.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
      .map((units) => String.fromCharCode(...units)),
  },
)

const nastyLines = fc.array(nastyText, { maxLength: 5 })
const amount = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 72, 1e21, 5e-324),
)

/** Any note at all: every field empty or holding the worst text there is. */
export const anyNote: fc.Arbitrary<Note> = fc.record({
  ticket_id: nastyText,
  escalated_from: nastyText,
  escalated_to: nastyText,
  escalated_by: nastyText,
  timestamp: nastyText,
  customer_context: fc.record({
    account: nastyText,
    tier: nastyText,
    health_score: amount,
    arr: nastyText,
    primary_contact: nastyText,
  }),
  issue: fc.record({
    summary: nastyText,
    symptoms: nastyLines,
    customer_impact: nastyText,
    business_impact: nastyText,
  }),
  steps_taken: nastyLines,
  escalation_reason: nastyText,
  suggested_next_step: nastyText,
  diagnostics: fc.record({
    environment: nastyText,
    reproduction_steps: nastyLines,
    reproduction_rate: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 100, noNaN: true })),
    log_excerpts: nastyText,
    evidence: nastyLines,
  }),
  triage: fc.record({
    severity: fc.constantFrom(null, 'P0' as const, 'P1' as const, 'P2' as const, 'P3' as const),
    component: nastyText,
    category: nastyText,
    affected_customers: fc.oneof(fc.constant(null), fc.nat()),
    duration_hours: fc.oneof(fc.constant(null), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
    needs_code: fc.constantFrom(null, true, false),
  }),
})

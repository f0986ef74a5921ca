import { fieldName } from '../escalation/shortfall.ts'
import type { Escalation } from '../escalation/state.ts'
import { showValue } from '../form/field-values.ts'
import {
  type FieldValue,
  fieldAt,
  isEmptyValue,
  isFieldPath,
  NOTE_FIELDS,
  type NoteField,
  type NoteGroup,
  readField,
} from '../note/fields.ts'
import type { Note } from '../note/note.ts'
import type { PacketBlock, PacketFact, PacketSection } from './shape.ts'

export type NoteSections = {
  problem: PacketSection[]
  customer: PacketSection
  diagnostics: PacketSection
  handover: PacketSection
}

/** The note, every field that says something, under the questions a receiver asks. */
export function noteSections({ note, owed }: Pick<Escalation, 'note' | 'owed'>): NoteSections {
  const of = (...groups: NoteGroup[]) => blocksOf(note, groups)
  const missing = owed.map(({ field }) => (isFieldPath(field) ? fieldAt(field).heading : fieldName(field)))
  return {
    problem: [
      { id: 'what', title: 'What is happening', blocks: of('happening') },
      { id: 'impact', title: 'Impact', blocks: of('customer-impact', 'business-impact') },
      { id: 'tried', title: 'What was tried', blocks: of('tried') },
      { id: 'ask', title: 'What is needed', blocks: of('needed') },
    ],
    customer: { id: 'customer', title: 'Customer', blocks: of('customer-context') },
    diagnostics: {
      id: 'diagnostics',
      title: 'Diagnostics',
      blocks: of('triage', 'environment', 'reproduction', 'evidence'),
    },
    handover: {
      id: 'handover',
      title: 'About the note',
      blocks: [
        ...of('handover'),
        ...(missing.length > 0
          ? [{ kind: 'list', heading: 'Still missing from it', items: missing, isNumbered: false } as const]
          : []),
      ],
    },
  }
}

/** Short fields in a row make one list of facts. */
function blocksOf(note: Note, groups: readonly NoteGroup[]): PacketBlock[] {
  const blocks: PacketBlock[] = []
  for (const field of NOTE_FIELDS) {
    const value: FieldValue = readField(note, field.path)
    if (!groups.includes(field.group) || isEmptyValue(value)) continue
    if (isShort(field)) addFact(blocks, { label: field.heading, text: textOf(field, value) })
    else if (Array.isArray(value)) {
      const isNumbered = 'shown' in field && field.shown === 'numbered'
      blocks.push({ kind: 'list', heading: field.heading, items: value, isNumbered })
    } else {
      const isCode = 'shown' in field && field.shown === 'code'
      blocks.push({ kind: isCode ? 'code' : 'text', heading: field.heading, text: String(value) })
    }
  }
  return blocks
}

function isShort({ kind, group }: NoteField): boolean {
  return kind !== 'long' && kind !== 'lines' && group !== 'happening'
}

function textOf({ kind }: NoteField, value: FieldValue): string {
  return typeof value === 'string' ? value : showValue(kind, value)
}

function addFact(blocks: PacketBlock[], fact: PacketFact): void {
  const last = blocks.at(-1)
  if (last?.kind === 'facts') last.facts.push(fact)
  else blocks.push({ kind: 'facts', heading: null, facts: [fact] })
}

import type { ReactNode } from 'react'
import { styled } from 'styled-components'
import { type FieldPath, NOTE_FIELDS, readField } from '../../core/note/fields.ts'
import type { Note } from '../../core/note/note.ts'
import { useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Heading, Quiet, Row, Stack } from '../ui/layout.tsx'
import { isBlank } from './forms.ts'
import { shownValue } from './NoteText.tsx'

/** What a receiver reads first, in this order. */
const SECTIONS = [
  ['what', ['issue.summary', 'issue.symptoms']],
  ['impact', ['issue.customer_impact', 'issue.business_impact']],
  ['tried', ['steps_taken']],
  ['ask', ['escalation_reason', 'suggested_next_step']],
] as const satisfies [string, FieldPath[]][]

const FIRST: readonly FieldPath[] = SECTIONS.flatMap(([, paths]) => paths)
const REST = NOTE_FIELDS.filter(({ path, group }) => group !== 'handover' && !FIRST.includes(path))

type PacketProps = {
  note: Note
  /** What stands beside each section of the note. */
  beside?: ((path: FieldPath) => ReactNode) | undefined
}

/** The note as those need it who take it over: what, impact, tried, needed; the rest one click away. */
export function Packet({ note, beside }: PacketProps) {
  const text = useText()
  return (
    <Stack as="section" aria-labelledby="packet">
      <Heading id="packet">{text('packet.title')}</Heading>
      {SECTIONS.map(([section, paths]) => (
        <Section key={section}>
          <h3>{text(`packet.${section}`)}</h3>
          <Stack $gap={6}>{paths.map(fieldOf)}</Stack>
        </Section>
      ))}
      <Disclosure summary={text('packet.whole')}>
        <Stack $gap={8}>{REST.map(({ path }) => fieldOf(path))}</Stack>
      </Disclosure>
    </Stack>
  )

  function fieldOf(path: FieldPath) {
    const value = readField(note, path)
    return (
      <div key={path}>
        <Row $spread $gap={4}>
          <Quiet>{text(`field.${path}`)}</Quiet>
          {beside?.(path)}
        </Row>
        {isBlank(value) ? <Quiet as="div">{text('packet.empty')}</Quiet> : <Words>{shownValue(value, text)}</Words>}
      </div>
    )
  }
}

const Section = styled.div`
  h3 {
    margin: 0 0 2px;
    font-size: 14px;
    line-height: 20px;
    font-weight: 600;
  }
`

const Words = styled.div`
  white-space: pre-wrap;
`

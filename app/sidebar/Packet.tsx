import { Button } from '@zendeskgarden/react-buttons'
import type { ReactNode } from 'react'
import { styled } from 'styled-components'
import { type FieldPath, type FieldValue, NOTE_FIELDS, readField } from '../../core/note/fields.ts'
import type { Note } from '../../core/note/note.ts'
import { useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Heading, PlainList, Quiet, Row, Stack } from '../ui/layout.tsx'
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
  /** Unfolded: for whoever has not read it yet. */
  isOpen: boolean
  /** What stands beside each section of the note. */
  beside?: ((path: FieldPath) => ReactNode) | undefined
  /** Opens the note to be completed; null for those who may not. */
  onComplete: (() => void) | null
}

/** The note as those need it who take it over: what, impact, tried, needed; the rest one click away. */
export function Packet({ note, isOpen, beside, onComplete }: PacketProps) {
  const text = useText()
  const title = <PlainHeading>{text('packet.title')}</PlainHeading>
  return (
    <Disclosure summary={title} isOpen={isOpen} isFlush>
      <Stack>
        {SECTIONS.map(([section, paths]) => (
          <Section key={section}>
            {paths.length === 1 ? (
              fieldOf(paths[0], <h3>{text(`packet.${section}`)}</h3>)
            ) : (
              <>
                <h3>{text(`packet.${section}`)}</h3>
                {paths.map((path) => fieldOf(path))}
              </>
            )}
          </Section>
        ))}
        <Disclosure summary={text('packet.whole')}>
          <Stack $gap={8}>
            {REST.map(({ path }) => fieldOf(path))}
            {onComplete && (
              <div>
                <Button size="small" onClick={onComplete}>
                  {text('form.amend')}
                </Button>
              </div>
            )}
          </Stack>
        </Disclosure>
      </Stack>
    </Disclosure>
  )

  function fieldOf(path: FieldPath, label: ReactNode = <Quiet>{text(`field.${path}`)}</Quiet>) {
    const value = readField(note, path)
    return (
      <div key={path}>
        <Row $spread $gap={4}>
          {label}
          {beside?.(path)}
        </Row>
        {isBlank(value) ? <Quiet as="div">{text('packet.empty')}</Quiet> : <Words value={value} />}
      </div>
    )
  }
}

function Words({ value }: { value: FieldValue }) {
  const text = useText()
  if (!Array.isArray(value) || value.length < 2) return <Preserved>{shownValue(value, text)}</Preserved>
  return (
    <PlainList>
      {value.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same line may be there twice
        <li key={`${index} ${line}`}>{line}</li>
      ))}
    </PlainList>
  )
}

const PlainHeading = styled(Heading)`
  display: inline;
`

const Section = styled.section`
  display: flex;
  flex-direction: column;
  gap: 4px;

  h3 {
    margin: 0;
    font-size: 14px;
    line-height: 20px;
    font-weight: 600;
  }
`

const Preserved = styled.div`
  white-space: pre-wrap;
`

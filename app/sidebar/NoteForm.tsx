import { Button } from '@zendeskgarden/react-buttons'
import { useEffect, useMemo, useRef, useState } from 'react'
import { styled } from 'styled-components'
import type { Form } from '../../core/contract/api.ts'
import { completeness } from '../../core/note/completeness.ts'
import { type FieldPath, NOTE_FIELDS } from '../../core/note/fields.ts'
import type { Note } from '../../core/note/note.ts'
import { NOTE_FORM } from '../../core/note/note-form.ts'
import type { SuggestedField } from '../../core/similar/suggest.ts'
import type { BatonApi } from '../api/baton.ts'
import { usePreview } from '../api/use-preview.ts'
import type { Option } from '../form/FormInput.tsx'
import { textOr, useText } from '../i18n/text.tsx'
import type { SimilarDesk } from '../similar/similar-desk.ts'
import { Heading, Quiet, Row, Stack, Title } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { Session } from '../zaf/session.ts'
import { ConflictPanel } from './ConflictPanel.tsx'
import { Criteria } from './Criteria.tsx'
import { FoldedGroups } from './FoldedGroups.tsx'
import { finishedNote } from './finished-note.ts'
import { tooLong as tooLongIn } from './forms.ts'
import type { ComponentOfTicket } from './known-facts.ts'
import { inputId, NoteInput } from './NoteInput.tsx'
import { CHOICES, type FoldedGroup, fieldsOf, foldedGroupOf, OPEN_GROUPS } from './note-groups.ts'
import { SendBar } from './SendBar.tsx'
import type { DraftEditor } from './use-draft.ts'
import type { Sending } from './use-sending.ts'
import { useSimilarParts } from './use-similar-parts.ts'

type NoteFormProps = {
  verb: 'escalate' | 'amend'
  session: Session
  api: BatonApi
  form: Form
  editor: DraftEditor<Note>
  guess: ComponentOfTicket | null
  /** The tier the ticket is in now. */
  fromTier: number
  /** The tier it is already with; null before the first hand-over. */
  withTier: number | null
  /** What somebody asked for: marked, and where the writing begins. */
  missing?: FieldPath[]
  sending: Sending
  onSend: (note: ReturnType<typeof finishedNote>) => void
  onBack?: () => void
  /** What past escalations are shown with; left out where they are not. */
  similarDesk?: SimilarDesk
}

/** The note: what a specialist would ask first, then choices, then the rest folded away; where it goes stays in sight. */
export function NoteForm(props: NoteFormProps) {
  const { verb, session, api, form, editor, guess, fromTier, withTier, missing = NONE, sending, onSend, onBack } = props
  const { similarDesk } = props
  const text = useText()
  const note = editor.draft.written
  const [open, setOpen] = useState<FoldedGroup[]>(() => missing.flatMap((path) => foldedGroupOf(path) ?? []))
  const conflictRef = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState<FieldPath | null>(missing[0] ?? null)

  const asked = useMemo(
    () => finishedNote(note, { session, fromTier, toTier: null, at: '' }),
    [note, session, fromTier],
  )
  const tooLong = useMemo(() => tooLongIn(NOTE_FORM, asked), [asked])
  const preview = usePreview(api, session.ticketId, asked)
  const parts = useSimilarParts(similarDesk !== undefined)
  const measured = completeness(
    { ...asked, timestamp: 'now', escalated_to: 'next' },
    { weights: form.weights, bar: form.bar },
  )
  const answered = preview.answer?.decision.severity
  const severity = preview.state === 'ready' ? answered : (note.triage.severity ?? answered)
  const goesAtOnce = severity && form.sentAtOnce.includes(severity) ? severity : null
  const canSend = tooLong.length === 0 && (measured.score >= measured.bar || goesAtOnce !== null || verb === 'amend')

  useEffect(() => {
    if (!wanted) return
    const field = document.getElementById(inputId(wanted))
    field?.scrollIntoView?.({ block: 'center' })
    field?.focus({ preventScroll: true })
    setWanted(null)
  }, [wanted])

  return (
    <Stack $gap={20}>
      <Stack $gap={4}>
        <Row $spread>
          <Title>{text(verb === 'amend' ? 'form.amend' : 'form.title')}</Title>
          {onBack && (
            <Button size="small" isBasic onClick={onBack}>
              {text('form.back')}
            </Button>
          )}
        </Row>
        {verb === 'amend' && <Quiet>{text('form.amend.text')}</Quiet>}
        {verb === 'escalate' && <Criteria tiers={form.tiers} />}
      </Stack>

      {editor.theirs && (
        <ConflictPanel
          panelRef={conflictRef}
          fields={NOTE_FIELDS}
          labelOf={(path) => textOr(text, `field.${path}`, path)}
          mine={editor.draft}
          theirs={editor.theirs}
          onChoose={editor.choose}
        />
      )}

      {OPEN_GROUPS.map((group) => (
        <Group key={group} aria-labelledby={`group-${group}`}>
          <Heading id={`group-${group}`}>{text(`group.${group}`)}</Heading>
          <Stack $gap={10}>{fieldsOf(group).map(renderField)}</Stack>
          {group === 'happening' && parts && similarDesk && (
            <parts.SimilarArea
              desk={similarDesk}
              note={asked}
              tier={preview.answer?.decision.tier ?? null}
              placeOf={placeOf}
              onUse={(field, value) => editor.setField(`triage.${field}`, value)}
            />
          )}
        </Group>
      ))}

      <Group aria-labelledby="group-triage">
        <Heading id="group-triage">{text('group.triage')}</Heading>
        <Choices>
          {CHOICES.map(renderField)}
          {severityText() && <Quiet>{severityText()}</Quiet>}
        </Choices>
        <Place id={placeOf('severity')} />
        {renderField('triage.component')}
        <Place id={placeOf('component')} />
        <Place id={placeOf('tier')} />
      </Group>

      <Group aria-labelledby="group-more">
        <Heading id="group-more">{text('group.more')}</Heading>
        <FoldedGroups
          note={note}
          open={open}
          onToggle={(group) =>
            setOpen((before) => (before.includes(group) ? before.filter((one) => one !== group) : [...before, group]))
          }
          renderField={renderField}
        />
      </Group>

      <Row $spread>
        <Quiet>{keptText()}</Quiet>
        {editor.draft.discarded ? (
          <Quiet role="status">
            {text('form.discarded')}{' '}
            <Button isLink onClick={editor.undoDiscard}>
              {text('form.undo')}
            </Button>
          </Quiet>
        ) : (
          <Button size="small" isBasic isDanger disabled={sending.state === 'sending'} onClick={editor.discard}>
            {text('form.discard')}
          </Button>
        )}
      </Row>

      <SendBar
        preview={preview}
        completeness={measured}
        goesAtOnce={goesAtOnce}
        canSend={canSend && !editor.theirs}
        verb={verb}
        sending={sending}
        onMissing={show}
        onSend={send}
      >
        {editor.theirs && (
          <Notice kind="warning" title={text('conflict.title')} isUrgent>
            <Button isLink onClick={() => conflictRef.current?.focus()}>
              {text('conflict.show')}
            </Button>
          </Notice>
        )}
        {sending.failed && (
          <Notice kind="error" title={text('send.failed.title')} isUrgent>
            {text(`send.failed.${sending.failed.failure}`, { detail: sending.failed.detail ?? '' })}
          </Notice>
        )}
        {tooLong.length > 0 && (
          <Notice kind="error" title={text('send.failed.title')} isUrgent>
            {text('send.failed.invalid')}
          </Notice>
        )}
      </SendBar>
    </Stack>
  )

  function send() {
    // An answer to the text of a moment ago may name another tier.
    const toTier = withTier ?? (preview.state === 'ready' ? (preview.answer?.decision.tier ?? null) : null)
    onSend(finishedNote(note, { session, fromTier, toTier, at: new Date().toISOString() }))
  }

  function show(path: FieldPath) {
    const group = foldedGroupOf(path)
    if (group) setOpen((before) => (before.includes(group) ? before : [...before, group]))
    setWanted(path)
  }

  function renderField(path: FieldPath) {
    return (
      <NoteInput
        key={path}
        path={path}
        editor={editor}
        tooLong={tooLong}
        isMissing={missing.includes(path)}
        hint={hintOf(path)}
        options={optionsOf(path)}
        minRows={path === 'diagnostics.log_excerpts' ? 4 : 2}
      />
    )
  }

  function hintOf(path: FieldPath): string | undefined {
    if (path === 'triage.component') {
      const isGuess =
        guess !== null && note.triage.component === guess.component.id && editor.draft.prefilled.includes(path)
      return isGuess ? text('hint.triage.component', { words: guess.keywords.join(', ') }) : undefined
    }
    if (path === 'diagnostics.reproduction_steps') return text('form.perLine')
    return textOr(text, `hint.${path}`, '') || undefined
  }

  function optionsOf(path: FieldPath): Option[] | undefined {
    if (path === 'triage.severity') return ['P0', 'P1', 'P2', 'P3'].map((value) => ({ value, label: value }))
    if (path === 'triage.component' && form.components.length > 0) {
      return form.components.map(({ id, name }) => ({ value: id, label: name }))
    }
    if (path === 'triage.category') {
      return form.categories.map((value) => ({
        value,
        label: textOr(text, `category.${value}`, value.replaceAll('_', ' ')),
      }))
    }
    if (path === 'triage.needs_code') {
      return [
        { value: 'true', label: text('form.yes') },
        { value: 'false', label: text('form.no') },
      ]
    }
    return undefined
  }

  function severityText(): string | undefined {
    return form.severities.find((entry) => entry.severity === note.triage.severity)?.description
  }

  function keptText(): string {
    if (!editor.isKept) return text('form.unkept')
    if (editor.hasFollowed) return text('form.followed')
    return editor.draft.touched.length > 0 ? text('form.kept') : ''
  }
}

const NONE: FieldPath[] = []

/** Where what past escalations suggest for a field is shown. */
const placeOf = (field: SuggestedField) => `suggested-${field}`

const Group = styled.section`
  display: flex;
  flex-direction: column;
  gap: 8px;
  min-width: 0;
`

const Place = styled.div`
  &:empty {
    display: none;
  }
`

const Choices = styled.div`
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  align-items: end;
  gap: 10px;

  > ${Quiet} {
    grid-column: 1 / -1;
  }
`

import { Button } from '@zendeskgarden/react-buttons'
import { type FormEvent, useId, useState } from 'react'
import { styled } from 'styled-components'
import type { WeeklyAgenda } from '../../../core/contract/reviews.ts'
import { DECISIONS, type DecisionKind } from '../../../core/review/agenda.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet, Row, Stack } from '../../ui/layout.tsx'
import { Pill } from '../../ui/Pill.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { deskTextOr, useDeskText } from '../use-desk-text.ts'
import { DateField, Select } from '../view/controls.ts'

type Item = WeeklyAgenda['items'][number]

type AgendaItemProps = {
  item: Item
  asOf: number
  isBusy: boolean
  onDecide(said: { decision: DecisionKind; note: string }): Promise<boolean>
}

/** One escalation of the agenda: why it is on it, what was said before, and what is decided now. */
export function AgendaItem({ item, asOf, isBusy, onDecide }: AgendaItemProps) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  const { ticketId, summary, account, severity, tier, queue, stage, owner, concerns, added, change, decided, before } =
    item
  const who = owner ?? text('now.nobody')
  return (
    <Tile title={`${severity} · ${summary || item.escalationId}`} isWide>
      <Row>
        <Pill>{text(`weekly.change.${change}`)}</Pill>
        <Quiet>
          <TicketLink id={ticketId} />{' '}
          {[account, text('tier.name', { tier: String(tier) }), queue, deskTextOr(text, `stage.${stage}`, stage), who]
            .filter(Boolean)
            .join(' · ')}
        </Quiet>
      </Row>
      <Concerns>
        {concerns.map(({ kind, since, againstMs }) => (
          <li key={kind}>
            {text(`concern.${kind}`)} · {text('concern.for', { span: formats.span(asOf - since) })}
            {againstMs !== null && ` (${text('concern.most', { span: formats.span(againstMs) })})`}
            {added.includes(kind) && change !== 'new' && <strong> {text('weekly.added')}</strong>}
          </li>
        ))}
      </Concerns>
      {before && (
        <Quiet>
          {text('weekly.before', {
            decision: text(`decision.${before.decision}`),
            by: before.by,
            at: days.instant(new Date(before.at).toISOString()),
          })}{' '}
          {before.note}
        </Quiet>
      )}
      {decided && (
        <span role="status">
          ✓{' '}
          {text('weekly.decided', {
            decision: text(`decision.${decided.decision}`),
            by: decided.by,
            at: days.instant(new Date(decided.at).toISOString()),
          })}{' '}
          {decided.note}
        </span>
      )}
      <Deciding
        key={decided?.at ?? 0}
        name={`${item.escalationId}`}
        isAgain={decided !== null}
        isBusy={isBusy}
        onDecide={onDecide}
      />
    </Tile>
  )
}

type DecidingProps = { name: string; isAgain: boolean; isBusy: boolean; onDecide: AgendaItemProps['onDecide'] }

function Deciding({ name, isAgain, isBusy, onDecide }: DecidingProps) {
  const text = useDeskText()
  const id = useId()
  const [decision, setDecision] = useState<DecisionKind>('keep')
  const [note, setNote] = useState('')
  const [isShort, setShort] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    const isMissing = decision === 'note' && note.trim() === ''
    setShort(isMissing)
    if (!isMissing) void onDecide({ decision, note })
  }

  return (
    <form onSubmit={submit} aria-label={text('weekly.decide.for', { name })}>
      <Row>
        <Select
          aria-label={text('weekly.decision')}
          value={decision}
          onChange={(event) => setDecision(event.target.value as DecisionKind)}
        >
          {DECISIONS.map((one) => (
            <option key={one} value={one}>
              {text(`decision.${one}`)}
            </option>
          ))}
        </Select>
        <NoteField
          type="text"
          maxLength={2000}
          aria-label={text('weekly.note')}
          placeholder={text('weekly.note')}
          aria-invalid={isShort}
          aria-describedby={isShort ? `${id}-short` : undefined}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" size="small" disabled={isBusy}>
          {text(isAgain ? 'weekly.decide.again' : 'weekly.decide')}
        </Button>
      </Row>
      {isShort && (
        <Stack $gap={0} id={`${id}-short`} role="alert">
          {text('weekly.note.missing')}
        </Stack>
      )}
    </form>
  )
}

const Concerns = styled.ul`
  margin: 0;
  padding-inline-start: 18px;
`

const NoteField = styled(DateField)`
  flex: 1 1 200px;
  min-width: 0;
`

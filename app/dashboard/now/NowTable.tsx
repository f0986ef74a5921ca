import { getColor } from '@zendeskgarden/react-theming'
import { useMemo, useState } from 'react'
import { styled } from 'styled-components'
import { type NowReason, type NowRow, PRESSING } from '../../../core/contract/now.ts'
import type { Instant } from '../../../core/units.ts'
import { Quiet, Stack } from '../../ui/layout.tsx'
import { Pill } from '../../ui/Pill.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { useDeskText } from '../use-desk-text.ts'
import { useReasonWords } from './use-reason-words.ts'

type SortBy = 'pressing' | 'severity' | 'tier' | 'queue' | 'owner'

const ORDER: Record<SortBy, (row: NowRow) => string | number> = {
  pressing: ({ reasons: [first] }) => PRESSING.indexOf(first!.kind) * 1e14 + Date.parse(first!.at),
  severity: ({ severity }) => severity,
  tier: ({ tier }) => -tier,
  queue: ({ queue }) => queue.toLowerCase(),
  owner: ({ owner }) => owner?.toLowerCase() ?? '',
}

/** Sorted by what presses until somebody asks for another order. */
export function NowTable({ rows, asOf }: { rows: readonly NowRow[]; asOf: Instant }) {
  const text = useDeskText()
  const [sort, setSort] = useState<{ by: SortBy; isDown: boolean }>({ by: 'pressing', isDown: false })
  const sorted = useMemo(() => {
    const key = ORDER[sort.by]
    const inOrder = rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    return sort.isDown ? inOrder.toReversed() : inOrder
  }, [rows, sort])

  const column = (by: SortBy) => ({
    name: (
      <Sort type="button" onClick={() => setSort({ by, isDown: sort.by === by && !sort.isDown })}>
        {text(`now.column.${by}`)}
        <span aria-hidden="true">{sort.by === by ? (sort.isDown ? ' ▼' : ' ▲') : ''}</span>
      </Sort>
    ),
    sort: sort.by === by ? (sort.isDown ? ('descending' as const) : ('ascending' as const)) : undefined,
  })

  return (
    <DataTable
      caption={text('now.title')}
      stacks
      columns={[
        { name: text('column.ticket') },
        column('pressing'),
        { name: text('now.column.action') },
        column('severity'),
        column('tier'),
        column('queue'),
        column('owner'),
      ]}
      rows={sorted.map((row) => ({ key: row.escalationId, cells: cellsOf(row) }))}
    />
  )

  function cellsOf(row: NowRow) {
    const { ticketId, summary, account, reasons, action, severity, tier, queue, owner } = row
    return [
      <About key="about" $gap={0}>
        <span>
          <TicketLink id={ticketId} /> {summary}
        </span>
        {account && <Quiet>{account}</Quiet>}
      </About>,
      <Stack key="reasons" $gap={2}>
        {reasons.map((reason) => (
          <Reason key={`${reason.kind} ${reason.at}`} reason={reason} asOf={asOf} />
        ))}
      </Stack>,
      <TicketLink
        key="action"
        id={ticketId}
        label={text('now.action.label', { action: text(`now.action.${action}`), ticket: `#${ticketId}` })}
      >
        {text(`now.action.${action}`)}
      </TicketLink>,
      <Pill key="severity">{severity}</Pill>,
      text('tier.name', { tier: String(tier) }),
      queue,
      owner ?? text('now.nobody'),
    ]
  }
}

function Reason({ reason, asOf }: { reason: NowReason; asOf: Instant }) {
  const words = useReasonWords(asOf)
  const isGrave = reason.kind === 'breached' || reason.kind === 'promise-overdue'
  return (
    <Said $isGrave={isGrave}>
      <span aria-hidden="true">{SIGNS[reason.kind]}</span> {words(reason)}
    </Said>
  )
}

const SIGNS: Record<NowReason['kind'], string> = {
  breached: '✕',
  'at-risk': '◔',
  'promise-overdue': '✕',
  'fixed-not-told': '✉',
  unaccepted: '○',
  bounced: '⇄',
  stalled: '‖',
}

const Sort = styled.button`
  padding: 0;
  font: inherit;
  cursor: pointer;
  border: 0;
  color: inherit;
  background: none;
  border-radius: ${({ theme }) => theme.borderRadii.sm};

  &:hover {
    text-decoration: underline;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 2px;
  }
`

const About = styled(Stack)`
  min-width: 180px;
`

const Said = styled.span<{ $isGrave: boolean }>`
  color: ${({ theme, $isGrave }) => getColor({ theme, variable: $isGrave ? 'foreground.danger' : 'foreground.default' })};
`

import { AuditView } from '../../../core/contract/audits.ts'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Quiet, Row, Stack } from '../../ui/layout.tsx'
import { Part } from '../report/ReportPage.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { useDeskText } from '../use-desk-text.ts'
import { useShareWords } from './share-words.ts'
import { useInWindow } from './use-in-window.ts'

const MOST_SHOWN = 30

/** What may have moved clocks without moving the problem: by pattern before person, each with what was found. */
export function ClockAudit() {
  const text = useDeskText()
  const reading = useInWindow('/desk/audit', AuditView)
  return (
    <Part aria-labelledby="audit-title">
      <h2 id="audit-title">{text('audit.title')}</h2>
      <Tile title={text('audit.patterns')} isWide about={text('audit.about')}>
        <Shown reading={reading} height={200}>
          {(audit) =>
            audit.tickets === 0 ? (
              <Empty title={text('audit.none')}>{text('audit.none.text')}</Empty>
            ) : (
              <Patterns audit={audit} />
            )
          }
        </Shown>
      </Tile>
    </Part>
  )
}

function Patterns({ audit }: { audit: AuditView }) {
  const text = useDeskText()
  const shareWords = useShareWords()
  const days = useDays()
  return (
    <Stack $gap={8}>
      {audit.patterns.map(({ pattern, title, definition, of, also, share, findings, people }) => (
        <Disclosure
          key={pattern}
          summary={
            <Row>
              <strong>{title}</strong>
              <Quiet>{shareWords(share)}</Quiet>
            </Row>
          }
        >
          <Stack>
            <Quiet>
              {definition} {text('audit.of', { of })} {text('audit.also', { also })}
            </Quiet>
            {people.length > 0 && (
              <span>
                {text('audit.people', { least: audit.least })}{' '}
                {people
                  .map(
                    ({ id, share: own, standsOut }) =>
                      `${audit.names[id] ?? id}: ${shareWords(own)}${standsOut ? ` ${text('audit.stands-out')}` : ''}`,
                  )
                  .join('; ')}
              </span>
            )}
            {findings.length > 0 && (
              <DataTable
                caption={title}
                mostHeight={280}
                columns={[{ name: text('column.ticket') }, { name: text('column.at') }, { name: text('column.note') }]}
                rows={findings.slice(0, MOST_SHOWN).map(({ ticketId, from, evidence }) => ({
                  key: `${ticketId} ${from}`,
                  cells: [
                    <TicketLink key="ticket" id={ticketId} />,
                    days.instant(new Date(from).toISOString()),
                    evidence.map(({ what }) => what).join(' → '),
                  ],
                }))}
              />
            )}
            {findings.length > MOST_SHOWN && <Quiet>{text('others', { count: findings.length - MOST_SHOWN })}</Quiet>}
          </Stack>
        </Disclosure>
      ))}
    </Stack>
  )
}

import { Button } from '@zendeskgarden/react-buttons'
import { WeeklyAgenda } from '../../../core/contract/reviews.ts'
import { Quiet, Row } from '../../ui/layout.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { Part } from '../report/ReportPage.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDeskText } from '../use-desk-text.ts'
import { AgendaItem } from './AgendaItem.tsx'
import { NotRecorded } from './NotRecorded.tsx'
import { useSent } from './use-sent.ts'

const PATH = '/desk/reviews/weekly'

/** The backlog review: what is owed, stuck or aged, what has changed since the last one, and what is decided about it. */
export function Weekly() {
  const text = useDeskText()
  const reading = useAnswer(PATH, WeeklyAgenda)
  const { latest, isBusy, failure, send } = useSent(WeeklyAgenda)
  return (
    <Part aria-labelledby="weekly-title">
      <h2 id="weekly-title">{text('weekly.title')}</h2>
      <Shown reading={latest ? { state: 'ready', value: latest, stale: null, retry: () => {} } : reading} height={240}>
        {(agenda) => (
          <>
            <Row $spread>
              <Quiet>{summaryOf(agenda)}</Quiet>
              <Button size="small" disabled={isBusy} onClick={() => void send(PATH, {})}>
                {text('weekly.hold')}
              </Button>
            </Row>
            {failure && <NotRecorded failure={failure} />}
            {agenda.items.length === 0 && (
              <Tile title={text('weekly.agenda')} isWide>
                <Empty title={text('weekly.calm')}>{text('weekly.calm.text', { count: agenda.open })}</Empty>
              </Tile>
            )}
            {agenda.items.map((item) => (
              <AgendaItem
                key={item.escalationId}
                item={item}
                asOf={agenda.asOf}
                isBusy={isBusy}
                onDecide={(said) => send(`${PATH}/decisions`, { escalationId: item.escalationId, ...said })}
              />
            ))}
            {agenda.gone.length > 0 && (
              <Tile title={text('weekly.gone')} isWide>
                <ul>
                  {agenda.gone.map(({ escalationId, ticketId, severity, summary, hasEnded }) => (
                    <li key={escalationId}>
                      <TicketLink id={ticketId} /> {severity} · {summary} (
                      {text(hasEnded ? 'weekly.ended' : 'weekly.in-order')})
                    </li>
                  ))}
                </ul>
              </Tile>
            )}
          </>
        )}
      </Shown>
    </Part>
  )

  function summaryOf({ week, open, items, against }: WeeklyAgenda): string {
    const count = (change: string) => items.filter((item) => item.change === change).length
    const facts = { week, open, items: items.length, new: count('new'), worse: count('worse') }
    return [
      text('weekly.summary', facts),
      against === null ? text('weekly.first') : text('weekly.against', { week: against }),
    ].join(' ')
  }
}

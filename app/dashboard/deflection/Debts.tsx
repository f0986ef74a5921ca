import { Button } from '@zendeskgarden/react-buttons'
import { useState } from 'react'
import { z } from 'zod'
import { ArticleDebtResponse } from '../../../core/contract/knowledge.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet, Stack } from '../../ui/layout.tsx'
import { Pill } from '../../ui/Pill.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { Part } from '../report/ReportPage.tsx'
import { TextLink } from '../report/Textual.tsx'
import { NotRecorded } from '../reviews/NotRecorded.tsx'
import { useSent } from '../reviews/use-sent.ts'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { useDeskText } from '../use-desk-text.ts'

const Asked = z.object({ form: z.string() })

/** Articles that are owed, by whom and since when, and what became of their drafts. */
export function Debts() {
  const text = useDeskText()
  const reading = useAnswer('/desk/article-debt', ArticleDebtResponse)
  const { isBusy, failure, send } = useSent(Asked)
  const [asked, setAsked] = useState<string[]>([])

  async function draft(escalationId: string) {
    if (await send(`/desk/article-debt/${escalationId}/draft`, {})) setAsked((before) => [...before, escalationId])
  }

  return (
    <Part aria-labelledby="debts-title">
      <h2 id="debts-title">{text('debts.title')}</h2>
      {failure && <NotRecorded failure={failure} />}
      <Tile title={text('debts.list')} isWide about={text('debts.about')}>
        <Shown reading={reading} height={200}>
          {({ debts, open, overdue }) =>
            debts.length === 0 ? (
              <Empty title={text('debts.none')}>{text('debts.none.text')}</Empty>
            ) : (
              <>
                <Quiet>{text('debts.summary', { open, overdue })}</Quiet>
                <Table debts={debts} asked={asked} isBusy={isBusy} onDraft={draft} />
              </>
            )
          }
        </Shown>
      </Tile>
    </Part>
  )
}

type TableProps = {
  debts: ArticleDebtResponse['debts']
  asked: readonly string[]
  isBusy: boolean
  onDraft(escalationId: string): void
}

function Table({ debts, asked, isBusy, onDraft }: TableProps) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  return (
    <DataTable
      caption={text('debts.list')}
      mostHeight={480}
      columns={[
        { name: text('column.ticket') },
        { name: text('debts.why') },
        { name: text('debts.owner') },
        { name: text('debts.age'), isNumber: true },
        { name: text('debts.due') },
        { name: text('debts.draft') },
      ]}
      rows={debts.map(({ escalationId, ticketId, why, owner, ageDays, dueAt, isOverdue, pattern, drafts }) => ({
        key: `${escalationId} ${why}`,
        cells: [
          <TicketLink key="ticket" id={ticketId} />,
          <Stack key="why" $gap={2}>
            {text(`debts.why.${why}`)}
            {pattern && <Quiet>{pattern.name}</Quiet>}
          </Stack>,
          owner ?? text('now.nobody'),
          text('debts.days', { count: formats.number(Math.floor(ageDays)) }),
          <Stack key="due" $gap={2}>
            {days.instant(dueAt)}
            {isOverdue && (
              <span>
                <Pill>{text('debts.overdue')}</Pill>
              </span>
            )}
          </Stack>,
          <Stack key="drafts" $gap={2}>
            {drafts.map(({ form, standing, title, url, trouble }) => (
              <span key={form}>
                {url ? (
                  <TextLink href={url} target="_blank" rel="noopener">
                    {title ?? text(`debts.form.${form}`)}
                  </TextLink>
                ) : (
                  text(`debts.form.${form}`)
                )}{' '}
                ({trouble ?? text(`debts.standing.${standing}`)})
              </span>
            ))}
            {drafts.length === 0 &&
              (asked.includes(escalationId) ? (
                <span role="status">{text('debts.asked')}</span>
              ) : (
                <span>
                  <Button
                    size="small"
                    disabled={isBusy}
                    aria-label={text('debts.write.label', { ticket: `#${ticketId}` })}
                    onClick={() => onDraft(escalationId)}
                  >
                    {text('debts.write')}
                  </Button>
                </span>
              ))}
          </Stack>,
        ],
      }))}
    />
  )
}

import { Button } from '@zendeskgarden/react-buttons'
import { useCallback, useEffect, useState } from 'react'
import { TicketDrafts } from '../../core/contract/article-drafts.ts'
import { DRAFT_FORMS, type DraftForm } from '../../core/knowledge/effect.ts'
import { AWAITED, usePolling } from '../sidebar/use-polling.ts'
import { Box, Heading, PlainList, Quiet, Row, Stack } from '../ui/layout.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import type { LifeDesk } from './desk.ts'
import { useLifeText } from './use-life-text.ts'

/** What a resolution gave the Help Center, and the buttons that have a draft written. Nothing without a policy for it. */
export function ArticleDrafts({ desk }: { desk: LifeDesk }) {
  const text = useLifeText()
  const [drafts, setDrafts] = useState<TicketDrafts | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const { api, canAct, session, escalation } = desk
  const path = `/api/tickets/${session.ticketId}/article-drafts`

  const look = useCallback(() => {
    api.call('GET', path).then(
      (answer) => setDrafts(TicketDrafts.safeParse(answer).data ?? null),
      // A server of before does not know of drafts; there is nothing to show then.
      () => {},
    )
  }, [api, path])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was resolved anew is looked at anew
  useEffect(look, [look, escalation.life.resolution?.at])
  usePolling(drafts?.drafts.some(({ standing }) => standing === 'wanted') ? AWAITED : null, look)

  if (!drafts || (!drafts.canDraft && drafts.drafts.length === 0)) return null
  const open = DRAFT_FORMS.filter((form) => {
    const known = drafts.drafts.find((one) => one.form === form)
    return drafts.canDraft && canAct && (!known || known.standing === 'refused')
  })

  return (
    <Box aria-labelledby="life-drafts">
      <Stack $gap={6}>
        <Heading id="life-drafts">{text('drafts.title')}</Heading>
        {drafts.drafts.length > 0 && (
          <PlainList>
            {drafts.drafts.map(({ form, standing, title, url, trouble }) => (
              <li key={form}>
                {url ? (
                  <TextLink href={url} target="_blank" rel="noreferrer">
                    {title}
                  </TextLink>
                ) : (
                  text(`drafts.form.${form}`)
                )}{' '}
                <Quiet>{text(`drafts.standing.${standing}`)}</Quiet>
                {trouble && <Quiet as="div">{trouble}</Quiet>}
              </li>
            ))}
          </PlainList>
        )}
        {open.length > 0 && (
          <>
            <Row>
              {open.map((form) => (
                <Button key={form} size="small" aria-describedby="life-drafts-note" onClick={() => void ask(form)}>
                  {text(`drafts.ask.${form}`)}
                </Button>
              ))}
            </Row>
            <Quiet id="life-drafts-note">{text('drafts.note')}</Quiet>
          </>
        )}
        <div role="status">{hasFailed && text('drafts.failed')}</div>
      </Stack>
    </Box>
  )

  async function ask(form: DraftForm) {
    try {
      setDrafts(TicketDrafts.parse(await api.call('POST', path, { form })))
      setHasFailed(false)
    } catch {
      setHasFailed(true)
    }
  }
}

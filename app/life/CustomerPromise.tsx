import { Button } from '@zendeskgarden/react-buttons'
import { Field, Textarea } from '@zendeskgarden/react-forms'
import { useState } from 'react'
import { useFormats } from '../i18n/text.tsx'
import { Box, Heading, Quiet, Stack } from '../ui/layout.tsx'
import { useNow } from '../ui/use-now.ts'
import { addToReply } from '../zaf/reply.ts'
import { isReceiver, type LifeDesk } from './desk.ts'
import { draftUpdate } from './draft-update.ts'
import { useLifeText } from './use-life-text.ts'

type Drafted = { state: 'none' | 'in-reply' | 'in-note' } | { state: 'failed'; draft: string }

/** When the customer is to hear from us, since when they have not, and a draft of what to tell them. */
export function CustomerPromise({ desk }: { desk: LifeDesk }) {
  const text = useLifeText()
  const formats = useFormats()
  const now = useNow()
  const [drafted, setDrafted] = useState<Drafted>({ state: 'none' })
  const { zaf, escalation, customer, canAct } = desk
  const { promise } = escalation.life
  if (!promise) return null
  const { nextUpdateDue, silentSince } = promise
  const isOverdue = promise.isOverdue || (nextUpdateDue !== null && Date.parse(nextUpdateDue) < now)

  return (
    <Box aria-labelledby="life-promise">
      <Stack $gap={6}>
        <Heading id="life-promise">{text('promise.title')}</Heading>
        {nextUpdateDue && (
          <div>
            <strong>
              {text(isOverdue ? 'promise.overdue' : 'promise.due', { time: formats.time(nextUpdateDue, now) })}
            </strong>{' '}
            <Quiet>{formats.fromNow(nextUpdateDue, now)}</Quiet>
          </div>
        )}
        {silentSince && (
          <Quiet>
            {text('promise.silence', { time: formats.time(silentSince, now) })}, {formats.fromNow(silentSince, now)}
          </Quiet>
        )}
        {canAct && isReceiver(escalation) && escalation.stage !== 'requested' && (
          <>
            <div>
              <Button size="small" aria-describedby="life-draft-note" onClick={putDraft}>
                {text('promise.draft')}
              </Button>
            </div>
            <Quiet id="life-draft-note">{text('promise.draft.note')}</Quiet>
          </>
        )}
        <div role="status">
          {drafted.state === 'in-reply' && text('promise.drafted')}
          {drafted.state === 'in-note' && text('promise.drafted.internal')}
          {drafted.state === 'failed' && text('promise.failed')}
        </div>
        {drafted.state === 'failed' && (
          <Field>
            <Field.Label hidden>{text('promise.draftLabel')}</Field.Label>
            <Textarea isCompact readOnly minRows={6} value={drafted.draft} />
          </Field>
        )}
      </Stack>
    </Box>
  )

  async function putDraft() {
    const draft = draftUpdate(escalation.life, customer, text, formats, now)
    try {
      setDrafted({ state: (await addToReply(zaf, draft)) === 'public' ? 'in-reply' : 'in-note' })
    } catch {
      setDrafted({ state: 'failed', draft })
    }
  }
}

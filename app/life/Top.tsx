import { Button } from '@zendeskgarden/react-buttons'
import { NOTE_FIELDS } from '../../core/note/fields.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { PlainList, Quiet, Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useNow } from '../ui/use-now.ts'
import { isReceiver, type LifeDesk } from './desk.ts'
import { useLifeText } from './use-life-text.ts'

/** What everybody has to know before anything else: it came back, somebody has to agree, it goes round in circles. */
export function Top({ desk }: { desk: LifeDesk }) {
  const text = useText()
  const lifeText = useLifeText()
  const formats = useFormats()
  const now = useNow()
  const { escalation, canAct, onAmend } = desk
  const { returned, approval, proposal, bounces } = escalation.life

  return (
    <>
      {returned && (
        <Notice
          kind="warning"
          title={lifeText('top.returned', { reason: lifeText(`return.reason.${returned.reason}`) })}
        >
          <Stack $gap={8}>
            <Quiet>
              {lifeText('top.returned.by', { name: returned.by.name, time: formats.time(returned.at, now) })}
            </Quiet>
            {returned.explanation && <span>{returned.explanation}</span>}
            {returned.missing.length > 0 && (
              <div>
                <Quiet as="div">{lifeText('top.returned.missing')}</Quiet>
                <PlainList>
                  {returned.missing.map((heading) => (
                    <li key={heading}>{sectionOf(heading)}</li>
                  ))}
                </PlainList>
              </div>
            )}
            <Quiet>{lifeText('top.returned.waits')}</Quiet>
            {canAct && !isReceiver(escalation) && (
              <Button size="small" isPrimary onClick={() => onAmend(returned.missing)}>
                {text('form.amend')}
              </Button>
            )}
          </Stack>
        </Notice>
      )}
      {approval && (
        <Notice
          kind={approval.state === 'approved' ? 'success' : approval.state === 'rejected' ? 'warning' : 'info'}
          title={
            approval.state === 'pending'
              ? lifeText('top.approval.pending', { of: approval.of })
              : lifeText(`top.approval.${approval.state}`, { name: approval.by?.name ?? '' })
          }
        >
          {approval.title}
          {approval.comment && `: ${approval.comment}`}
        </Notice>
      )}
      {proposal && (
        <Notice kind="warning" title={lifeText('top.proposal')}>
          <Stack $gap={4}>
            <span>{lifeText('top.proposal.text')}</span>
            {bounces > 0 && (
              <Quiet>
                {lifeText(formats.isOne(bounces) ? 'top.bounces.one' : 'top.bounces.other', { count: bounces })}
              </Quiet>
            )}
          </Stack>
        </Notice>
      )}
    </>
  )

  function sectionOf(heading: string): string {
    const field = NOTE_FIELDS.find((one) => one.heading === heading)
    return field ? text(`field.${field.path}`) : heading
  }
}

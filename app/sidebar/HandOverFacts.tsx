import type { EscalationResponse, EscalationView } from '../../core/contract/api.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { Box, Facts, Quiet } from '../ui/layout.tsx'
import { useNow } from '../ui/use-now.ts'

type HandOverFactsProps = { escalation: EscalationView; clocks: EscalationResponse['clocks'] }

/** Who handed it over, to whom, and by when they answer where no clock says it. */
export function HandOverFacts({ escalation, clocks }: HandOverFactsProps) {
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  const { decision, routing, respondBy, stage, requestedBy, requestedAt } = escalation
  // Its clock says it better.
  const showsRespondBy = respondBy !== null && !clocks.some(({ name }) => name === 'first-response')
  const isOverdue = respondBy !== null && Date.parse(respondBy) < now && stage === 'requested'

  return (
    <Box>
      <Facts>
        {showsRespondBy && (
          <>
            <dt>{text('status.respondBy')}</dt>
            <dd>
              <strong>{formats.time(respondBy, now)}</strong>{' '}
              <Quiet>
                {isOverdue ? `${text('status.overdue')}, ` : ''}
                {formats.fromNow(respondBy, now)}
              </Quiet>
            </dd>
          </>
        )}
        <dt>{text('status.group')}</dt>
        <dd>{decision.group}</dd>
        {(routing.state === 'pending' || routing.state === 'done') && (
          <>
            <dt>{text('status.routing')}</dt>
            <dd>{text(`status.routing.${routing.state}`)}</dd>
          </>
        )}
        <dt>{text('status.by')}</dt>
        <dd>
          {requestedBy.name}, {formats.time(requestedAt, now)}
        </dd>
      </Facts>
    </Box>
  )
}

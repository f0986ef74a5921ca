import { Button } from '@zendeskgarden/react-buttons'
import { getColor } from '@zendeskgarden/react-theming'
import type { RefObject } from 'react'
import { styled } from 'styled-components'
import type { EscalationResponse, EscalationView } from '../../core/contract/api.ts'
import type { Instant } from '../../core/units.ts'
import { Clocks } from '../clocks/Clocks.tsx'
import type { LoadExplanation } from '../clocks/Explanation.tsx'
import { useFormats, useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Box, PlainList, Quiet, Stack, Title } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useNow } from '../ui/use-now.ts'
import { DecisionTrace } from './DecisionTrace.tsx'
import { NoteText } from './NoteText.tsx'
import { OwedItems } from './OwedItems.tsx'
import { Timeline } from './Timeline.tsx'
import { UrgencyPoints } from './UrgencyPoints.tsx'

type StatusCardProps = {
  escalation: EscalationView
  timeline: EscalationResponse['timeline']
  clocks: EscalationResponse['clocks']
  /** The server's time that the clocks are counted to. */
  asOf: Instant
  onExplain: LoadExplanation
  headingRef: RefObject<HTMLHeadingElement | null>
  /** Whether this person may still add to the note. */
  canComplete: boolean
  onComplete: () => void
}

/** What became of the escalation: where it went, by when somebody answers, and why. */
export function StatusCard(props: StatusCardProps) {
  const { escalation, timeline, clocks, asOf, headingRef, canComplete, onExplain, onComplete } = props
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  const { decision, routing, respondBy, stage, owed } = escalation
  // Its clock says it better.
  const showsRespondBy = respondBy !== null && !clocks.some(({ name }) => name === 'first-response')
  const isOverdue = respondBy !== null && Date.parse(respondBy) < now && stage === 'requested'

  return (
    <Stack>
      <Title ref={headingRef} tabIndex={-1}>
        {text('status.title', { tier: decision.tier, queue: decision.queueName })}
      </Title>

      {(routing.state === 'refused' || routing.state === 'failed' || routing.state === 'differs') && (
        <Notice
          kind={routing.state === 'differs' ? 'warning' : 'error'}
          title={text(`status.routing.${routing.state}`)}
        >
          {routing.detail ?? routing.reason}
        </Notice>
      )}

      <Clocks clocks={clocks} asOf={asOf} onExplain={onExplain} />

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
          <dt>{text('status.stage')}</dt>
          <dd>{text(`stage.${stage}`)}</dd>
          <dt>{text('status.severity')}</dt>
          <dd>{decision.severity}</dd>
          <dt>{text('status.by')}</dt>
          <dd>
            {escalation.requestedBy.name}, {formats.time(escalation.requestedAt, now)}
          </dd>
          <dt>{text('status.id')}</dt>
          <dd>{escalation.id}</dd>
        </Facts>
      </Box>

      {owed.length > 0 && <OwedItems owed={owed} onComplete={canComplete ? onComplete : null} />}

      <Stack $gap={8}>
        <Disclosure summary={text('preview.why')}>
          <Stack $gap={10}>
            {decision.reasons.length > 0 && (
              <PlainList>
                {decision.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </PlainList>
            )}
            <UrgencyPoints urgency={decision.urgency} />
            <DecisionTrace trace={decision.trace} policyVersion={decision.policyVersion} />
          </Stack>
        </Disclosure>
        <Disclosure summary={text('note.title')}>
          <NoteText note={escalation.note} />
        </Disclosure>
        <Disclosure summary={text('timeline.title')} isOpen={timeline.length > 0}>
          <Timeline entries={timeline} />
        </Disclosure>
      </Stack>

      {owed.length === 0 && canComplete && (
        <Button size="small" onClick={onComplete}>
          {text('form.amend')}
        </Button>
      )}
    </Stack>
  )
}

const Facts = styled.dl`
  display: grid;
  grid-template-columns: minmax(72px, auto) minmax(0, 1fr);
  gap: 4px 12px;
  margin: 0;

  dt {
    font-size: 12px;
    line-height: 20px;
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
  }

  dd {
    margin: 0;
  }
`

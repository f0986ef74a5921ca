import { Button } from '@zendeskgarden/react-buttons'
import type { RefObject } from 'react'
import type { EscalationResponse } from '../../core/contract/api.ts'
import type { Instant } from '../../core/units.ts'
import { Clocks } from '../clocks/Clocks.tsx'
import type { LoadExplanation } from '../clocks/Explanation.tsx'
import { useText } from '../i18n/text.tsx'
import { isReceiver, type LifeDesk } from '../life/desk.ts'
import { Disclosure } from '../ui/Disclosure.tsx'
import { PlainList, Quiet, Row, Stack, Title } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Pill } from '../ui/Pill.tsx'
import { DecisionTrace } from './DecisionTrace.tsx'
import { HandOverFacts } from './HandOverFacts.tsx'
import { LifeArea } from './LifeArea.tsx'
import { NoteText } from './NoteText.tsx'
import { OwedItems } from './OwedItems.tsx'
import { Packet } from './Packet.tsx'
import { Timeline } from './Timeline.tsx'
import { UrgencyPoints } from './UrgencyPoints.tsx'
import { useLife } from './use-life.ts'

type StatusCardProps = {
  desk: LifeDesk
  timeline: EscalationResponse['timeline']
  clocks: EscalationResponse['clocks']
  /** The server's time that the clocks are counted to. */
  asOf: Instant
  onExplain: LoadExplanation
  headingRef: RefObject<HTMLHeadingElement | null>
}

/**
 * What became of the escalation. Whoever works on it reads what was handed over, then by when, then what to do next;
 * everybody else where it went, by when somebody answers, and how it stands.
 */
export function StatusCard({ desk, timeline, clocks, asOf, headingRef, onExplain }: StatusCardProps) {
  const text = useText()
  const query = useLife(true)
  const { escalation, canAct, onAmend } = desk
  const { decision, routing, stage, owed, note, life } = escalation
  const receives = isReceiver(escalation)
  // Once the work is under way the packet makes room for it.
  const isUnread = stage === 'requested' || stage === 'accepted' || stage === 'returned'
  const { parts } = query
  const amend = () => onAmend([])

  return (
    <Stack $gap={16}>
      <Stack $gap={4}>
        <Title ref={headingRef} tabIndex={-1}>
          {text('status.title', { tier: decision.tier, queue: decision.queueName })}
        </Title>
        <Row $gap={6}>
          <Pill>{text(`stage.${stage}`)}</Pill>
          <Pill>{decision.severity}</Pill>
          <Quiet>{escalation.id}</Quiet>
        </Row>
      </Stack>

      {parts && <parts.Top desk={desk} />}
      {(routing.state === 'refused' || routing.state === 'failed' || routing.state === 'differs') && (
        <Notice
          kind={routing.state === 'differs' ? 'warning' : 'error'}
          title={text(`status.routing.${routing.state}`)}
        >
          {routing.detail ?? routing.reason}
        </Notice>
      )}

      {receives && (
        <Packet
          key={isUnread ? 'unread' : 'read'}
          note={note}
          isOpen={isUnread}
          beside={parts && canAct ? (path) => <parts.HadToAsk desk={desk} path={path} /> : undefined}
          onComplete={canAct ? amend : null}
        />
      )}
      <Clocks clocks={clocks} asOf={asOf} onExplain={onExplain} />
      {!receives && <HandOverFacts escalation={escalation} clocks={clocks} />}
      {owed.length > 0 && !life.returned && <OwedItems owed={owed} onComplete={canAct && !receives ? amend : null} />}
      <LifeArea desk={desk} query={query} />

      <Stack $gap={8}>
        <Disclosure summary={text('timeline.title')} isOpen={timeline.length > 0}>
          <Timeline entries={timeline} />
        </Disclosure>
        {receives ? (
          <Disclosure summary={text('status.handOver')}>
            <HandOverFacts escalation={escalation} clocks={clocks} />
          </Disclosure>
        ) : (
          <Disclosure summary={text('note.title')}>
            <NoteText note={note} />
          </Disclosure>
        )}
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
      </Stack>

      {owed.length === 0 && canAct && !receives && !life.returned && (
        <div>
          <Button size="small" onClick={amend}>
            {text('form.amend')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

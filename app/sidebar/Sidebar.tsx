import { useCallback, useEffect, useMemo, useState } from 'react'
import type { EscalationResponse, EscalationView } from '../../core/contract/api.ts'
import { emptyNote } from '../../core/note/note.ts'
import { createBatonApi } from '../api/baton.ts'
import { BARE_FORM, recallForm, rememberForm } from '../api/form-cache.ts'
import { useEscalation } from '../api/use-escalation.ts'
import { ClockAnnouncer } from '../clocks/ClockAnnouncer.tsx'
import { useLookWhenDue } from '../clocks/use-look-when-due.ts'
import { useLanguage, useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Quiet, Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { SkewContext } from '../ui/use-now.ts'
import type { Zaf } from '../zaf/client.ts'
import type { Session } from '../zaf/session.ts'
import { TICKET_EVENTS, useTicket, useZafEvents } from '../zaf/use-ticket.ts'
import { AmendNote } from './AmendNote.tsx'
import { openEscalation } from './clearance.ts'
import { EscalateNote } from './EscalateNote.tsx'
import type { Written } from './forms.ts'
import { LoadingNote } from './LoadingNote.tsx'
import { RefusedCommands } from './RefusedCommands.tsx'
import { ServerAway } from './ServerAway.tsx'
import { StatusCard } from './StatusCard.tsx'
import type { SentRecord } from './sent-record.ts'
import { Timeline } from './Timeline.tsx'
import { useHeadingFocus } from './use-heading-focus.ts'
import { AWAITED, usePolling, WATCHED } from './use-polling.ts'
import { useSentRecords } from './use-sent-records.ts'
import { useSimilarParts } from './use-similar-parts.ts'
import { WaitingCard } from './WaitingCard.tsx'

/** Chooses what the agent sees: the note, what became of it, or why there is none. */
export function Sidebar({ zaf, session }: { zaf: Zaf; session: Session }) {
  const text = useText()
  const language = useLanguage()
  const api = useMemo(() => createBatonApi(zaf, session), [zaf, session])
  const { subdomain, ticketId } = session
  const { answer, failure, skewMs, isSlow, refresh } = useEscalation(api, ticketId)
  const { ticket, hasFailed } = useTicket(zaf, ticketId)
  const { sent, remember } = useSentRecords(session, answer)
  /** Headings of the note to complete; null while it is not being completed. */
  const [amending, setAmending] = useState<string[] | null>(null)
  const { headingRef, focusHeading } = useHeadingFocus()

  const look = useCallback(() => void refresh(), [refresh])
  const explain = useCallback(
    (clockId: string) => api.explainClock(ticketId, clockId, language),
    [api, ticketId, language],
  )
  useZafEvents(zaf, TICKET_EVENTS, look)

  useEffect(() => {
    if (answer) rememberForm(subdomain, answer.form)
  }, [answer, subdomain])

  const escalation = answer?.escalation ?? null
  const sentNote = sent.findLast(({ verb }) => verb === 'escalate' || verb === 'amend')
  const open = openEscalation(answer)
  const sentSame = sent.findLast(({ verb }) => verb === 'same-problem')
  const stopped = answer?.stopped ?? null
  /** The agent escalates although the problem is known. */
  const [anyway, setAnyway] = useState<string | null>(null)
  const isStopped = !open && !sentNote && (sentSame !== undefined || (stopped !== null && stopped.commandId !== anyway))
  const stoppedParts = useSimilarParts(isStopped)
  const clocks = open && answer ? answer.clocks : NO_CLOCKS
  const asOf = Date.parse(answer?.asOf ?? '')
  const isAwaited = sent.length > 0 || escalation?.routing.state === 'pending'
  usePolling(isAwaited ? AWAITED : clocks.length > 0 ? WATCHED : null, look)
  useLookWhenDue(clocks[0], skewMs, look)
  const isAway = failure !== null || (isSlow && !answer)
  const form = answer?.form ?? recallForm(subdomain) ?? BARE_FORM
  const away = failure !== null ? failure : isAway ? ('slow' as const) : null

  if (!session.user.canEscalate && !open) {
    return (
      <Notice kind="info" title={text('blocked.title')} isHeading>
        {text('blocked.text')}
      </Notice>
    )
  }
  if ((!answer && !isAway && sent.length === 0) || (!ticket && !hasFailed)) return <LoadingNote />

  return (
    <SkewContext value={skewMs}>
      <Stack>
        <ClockAnnouncer clocks={clocks} asOf={asOf} />
        {away && <ServerAway failure={away} />}
        {hasFailed && !ticket && (
          <Notice kind="warning" title={text('unreadable.title')}>
            {text('unreadable.text')}
          </Notice>
        )}
        <RefusedCommands refused={answer?.refused ?? []} />
        {content()}
      </Stack>
    </SkewContext>
  )

  function content() {
    if (sentNote && !(open && sentNote.verb === 'amend')) {
      return <WaitingCard headingRef={headingRef} isServerAway={isAway} isEarlierText={sentNote.isEarlierText} />
    }
    if (open && amending) {
      return (
        <AmendNote
          zaf={zaf}
          session={session}
          api={api}
          form={form}
          escalation={open}
          missing={amending}
          onSent={onSent}
          onBack={() => {
            setAmending(null)
            focusHeading()
          }}
        />
      )
    }
    if (open) {
      return (
        <>
          {sentNote && <Quiet role="status">{text('status.waiting.amend')}</Quiet>}
          <StatusCard
            desk={{
              zaf,
              api,
              session,
              escalation: open,
              customer: ticket?.requester?.name ?? null,
              sent,
              isServerAway: isAway,
              canAct: session.user.canEscalate && ticket?.status !== 'closed',
              findEscalation: refresh,
              onSent: onCommand,
              onAmend: setAmending,
            }}
            timeline={answer?.timeline ?? []}
            clocks={clocks}
            asOf={asOf}
            onExplain={explain}
            headingRef={headingRef}
          />
        </>
      )
    }
    if (isStopped) {
      if (!stoppedParts) return <LoadingNote />
      return (
        <stoppedParts.StoppedCard
          zaf={zaf}
          headingRef={headingRef}
          stopped={sentSame ? null : stopped}
          said={sentSame ? (sentSame.text.written as Written<'same-problem'>) : null}
          isServerAway={isAway}
          onEscalate={() => {
            setAnyway(stopped?.commandId ?? null)
            focusHeading()
          }}
        />
      )
    }
    if (ticket?.status === 'closed') {
      return (
        <>
          <Notice kind="info" title={text('closed.title')} isHeading>
            {text('closed.text')}
          </Notice>
          {escalation && <Earlier escalation={escalation} timeline={answer?.timeline ?? []} />}
        </>
      )
    }
    return (
      <>
        {escalation && <Earlier escalation={escalation} timeline={answer?.timeline ?? []} />}
        <EscalateNote
          zaf={zaf}
          session={session}
          api={api}
          form={form}
          ticket={ticket}
          earlier={escalation}
          begin={EMPTY}
          findEscalation={refresh}
          onSent={onSent}
        />
      </>
    )
  }

  function onCommand(record: SentRecord) {
    remember(record)
    refresh()
  }

  function onSent(record: SentRecord) {
    remember(record)
    setAmending(null)
    focusHeading()
    refresh()
  }
}

const EMPTY = emptyNote()
const NO_CLOCKS: EscalationResponse['clocks'] = []

type EarlierProps = { escalation: EscalationView; timeline: EscalationResponse['timeline'] }

/** An escalation that is over, with its story. */
function Earlier({ escalation: { id, stage }, timeline }: EarlierProps) {
  const text = useText()
  return (
    <Disclosure summary={<Quiet>{text('status.earlier', { id, stage: text(`stage.${stage}`) })}</Quiet>}>
      <Timeline entries={timeline} />
    </Disclosure>
  )
}

import { Button } from '@zendeskgarden/react-buttons'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { CommandName } from '../../core/command/forms.ts'
import type { EscalationView } from '../../core/contract/api.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import type { Written } from '../sidebar/forms.ts'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HiddenText } from '../ui/HiddenText.tsx'
import { Heading, Quiet, Row, Stack } from '../ui/layout.tsx'
import { ActionForm } from './ActionForm.tsx'
import { Advice } from './Advice.tsx'
import { actionsFor } from './actions-for.ts'
import { isReceiver, type LifeDesk } from './desk.ts'
import { OneClick } from './OneClick.tsx'
import { useLifeText } from './use-life-text.ts'

type ActionsProps = {
  desk: LifeDesk
  /** The heading of what most actions change. */
  changedRef: RefObject<HTMLHeadingElement | null>
}

/** What this person can do now: the usual next steps as buttons, the rest folded away, one form at a time. */
export function Actions({ desk, changedRef }: ActionsProps) {
  const text = useText()
  const lifeText = useLifeText()
  const formats = useFormats()
  const { escalation, sent, isServerAway } = desk
  const [chosen, setChosen] = useState<CommandName | null>(null)
  const [isMoreOpen, setIsMoreOpen] = useState(false)
  const opener = useRef<CommandName | null>(null)
  const { first, more, later } = actionsFor(
    escalation,
    sent.map(({ verb }) => verb),
  )
  const waiting = sent.filter(({ verb }) => verb !== 'escalate' && verb !== 'amend')
  const announced = useTakenIn(waiting.map(({ verb }) => nameOf(verb as CommandName)))

  useEffect(() => {
    if (chosen !== null || opener.current === null) return
    document.getElementById(buttonId(opener.current))?.focus()
    opener.current = null
  }, [chosen])

  const isQuiet = first.length === 0 && more.length === 0
  return (
    <Stack as="section" $gap={8} aria-labelledby="life-actions">
      <div>
        <Heading id="life-actions">{lifeText(first.length > 0 ? 'actions.title' : 'actions.all')}</Heading>
        <div aria-live="polite">
          {waiting.map(({ commandId, verb }) => (
            <Quiet as="p" key={commandId}>
              {lifeText(isServerAway ? 'actions.inTicket.away' : 'actions.inTicket', {
                action: nameOf(verb as CommandName),
              })}
            </Quiet>
          ))}
          <HiddenText>{announced}</HiddenText>
        </div>
      </div>

      {chosen !== null && desk.canAct ? (
        <ActionForm
          key={chosen}
          desk={desk}
          command={chosen}
          title={nameOf(chosen)}
          begin={beginOf(chosen, escalation)}
          onBack={() => setChosen(null)}
          onSent={() => {
            opener.current = null
            setChosen(null)
            changedRef.current?.focus()
          }}
        >
          {chosen === 'deescalate' && escalation.life.advice && <Advice advice={escalation.life.advice} />}
        </ActionForm>
      ) : (
        desk.canAct && (
          <>
            {first.length > 0 && <Row $gap={6}>{first.map((command, index) => buttonOf(command, index === 0))}</Row>}
            {first.length === 0 && more.length > 0 && (
              <Row $gap={6}>{more.map((command) => buttonOf(command, false))}</Row>
            )}
            {first.length > 0 && more.length > 0 && (
              <Disclosure summary={lifeText('actions.more')} isOpen={isMoreOpen} onToggle={setIsMoreOpen}>
                <Stack $gap={8}>
                  <Row $gap={6}>{more.map((command) => buttonOf(command, false))}</Row>
                  {later.length > 0 && (
                    <Quiet>{lifeText('actions.later.requested', { list: formats.list(later.map(nameOf)) })}</Quiet>
                  )}
                </Stack>
              </Disclosure>
            )}
          </>
        )
      )}
      {whyNot() && <Quiet>{whyNot()}</Quiet>}
    </Stack>
  )

  function buttonOf(command: CommandName, isPrimary: boolean) {
    if (command === 'accept') {
      return (
        <OneClick
          key={command}
          desk={desk}
          command="accept"
          written={{ comment: '' }}
          label={nameOf(command)}
          isPrimary={isPrimary}
          onSent={() => changedRef.current?.focus()}
        />
      )
    }
    return (
      <Button
        key={command}
        id={buttonId(command)}
        size="small"
        isPrimary={isPrimary}
        onClick={() => {
          opener.current = command
          setChosen(command)
        }}
      >
        {nameOf(command)}
      </Button>
    )
  }

  function nameOf(command: CommandName): string {
    return command === 'deescalate' && escalation.stage === 'returned'
      ? lifeText('actions.withdraw')
      : text(`verb.${command}`)
  }

  function whyNot(): string {
    const { stage, decision } = escalation
    if (stage === 'returned') return isReceiver(escalation) ? lifeText('actions.later.returned') : ''
    if (!isReceiver(escalation)) return lifeText('actions.forReceivers', { group: decision.group })
    if (stage === 'resolved' || stage === 'monitoring') return lifeText('actions.later.solved')
    return isQuiet && waiting.length === 0 ? lifeText('actions.none') : ''
  }
}

/** What a form starts from, out of what is known. */
function beginOf<N extends CommandName>(command: N, { stage, life }: EscalationView): Partial<Written<N>> {
  const cause = life.progress.findLast((one) => one.cause !== '')?.cause ?? ''
  const known: { [C in CommandName]?: Partial<Written<C>> } = {
    progress: { status: stage === 'fixing' ? 'fixing' : 'investigating' },
    resolve: { root_cause: cause },
  }
  return (known[command] ?? {}) as Partial<Written<N>>
}

/** Says so when a command that waited no longer waits. */
function useTakenIn(waiting: readonly string[]): string {
  const lifeText = useLifeText()
  const before = useRef<readonly string[]>([])
  const [said, setSaid] = useState('')
  const key = waiting.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names, not the list that holds them
  useEffect(() => {
    const gone = before.current.filter((name) => !waiting.includes(name))
    before.current = waiting
    if (gone.length > 0) setSaid(gone.map((action) => lifeText('actions.taken', { action })).join(' '))
  }, [key, lifeText])
  return said
}

function buttonId(command: CommandName): string {
  return `do-${command}`
}

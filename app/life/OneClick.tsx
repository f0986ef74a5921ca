import { Button } from '@zendeskgarden/react-buttons'
import type { CommandName } from '../../core/command/forms.ts'
import { useText } from '../i18n/text.tsx'
import type { Written } from '../sidebar/forms.ts'
import type { LifeDesk } from './desk.ts'
import { SendProblem } from './SendProblem.tsx'
import { useAction } from './use-action.ts'

type OneClickProps<N extends CommandName> = {
  desk: LifeDesk
  command: N
  written: Written<N>
  label: string
  isPrimary: boolean
  onSent: () => void
}

/** A command that needs no words. */
export function OneClick<N extends CommandName>(props: OneClickProps<N>) {
  const { desk, command, written, label, isPrimary, onSent } = props
  const text = useText()
  const { sending, submit } = useAction(desk, command, written)
  return (
    <>
      <Button
        size="small"
        isPrimary={isPrimary}
        disabled={sending.state === 'sending'}
        onClick={async () => {
          if (await submit(written)) onSent()
        }}
      >
        {sending.state === 'sending' ? text('send.sending') : label}
      </Button>
      <SendProblem sending={sending} />
    </>
  )
}

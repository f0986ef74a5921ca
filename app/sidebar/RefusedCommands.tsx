import type { RefusedCommand } from '../../core/contract/api.ts'
import { textOr, useFormats, useText } from '../i18n/text.tsx'
import { PlainList, Quiet } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useNow } from '../ui/use-now.ts'

/** What was asked for and not done, with the reason, so that nobody waits for nothing. */
export function RefusedCommands({ refused }: { refused: RefusedCommand[] }) {
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  if (refused.length === 0) return null
  return (
    <Notice kind="warning" title={text('refused.title')}>
      <PlainList>
        {refused.map((command) => (
          <li key={command.commandId ?? command.at}>
            {text('refused.verb', {
              verb: text(`verb.${command.verb}`),
              reason: textOr(text, `refused.${command.reason}`, command.detail),
            })}{' '}
            <Quiet>
              {command.by
                ? text('refused.by', { name: command.by.name, time: formats.time(command.at, now) })
                : formats.time(command.at, now)}
            </Quiet>
          </li>
        ))}
      </PlainList>
    </Notice>
  )
}

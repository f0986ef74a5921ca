import { Button } from '@zendeskgarden/react-buttons'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { CommandName } from '../../core/command/forms.ts'
import { type FieldValue, valueAt, withValueAt } from '../../core/form/form.ts'
import { inputIdIn } from '../form/FormInput.tsx'
import { useText } from '../i18n/text.tsx'
import { ConflictPanel } from '../sidebar/ConflictPanel.tsx'
import { emptyForm, formOf, tidy, tooLong, type Written } from '../sidebar/forms.ts'
import { Box, Heading, Quiet, Row, Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useNow } from '../ui/use-now.ts'
import { ActionField, fieldId } from './ActionField.tsx'
import type { LifeDesk } from './desk.ts'
import { isAsked, lacking } from './form-rules.ts'
import { SendProblem } from './SendProblem.tsx'
import { useAction } from './use-action.ts'
import { lifeTextOr, useLifeText } from './use-life-text.ts'

type ActionFormProps<N extends CommandName> = {
  desk: LifeDesk
  command: N
  title: string
  /** What it starts from, besides an empty form. */
  begin: Partial<Written<N>>
  /** What to know before. */
  children?: ReactNode
  onBack: () => void
  onSent: () => void
}

/** A command as a form, drawn from the form's own description; checked when it is to be sent. */
export function ActionForm<N extends CommandName>(props: ActionFormProps<N>) {
  const { desk, command, title, begin, children, onBack, onSent } = props
  const text = useText()
  const lifeText = useLifeText()
  const now = useNow()
  const form = formOf(command)
  // A later answer of the server must not change the form under the agent's hands.
  const [start] = useState(() => ({ ...emptyForm(command), ...begin }) as Written<N>)
  const { editor, sending, submit } = useAction(desk, command, start)
  const [isChecked, setIsChecked] = useState(false)
  const headingRef = useRef<HTMLHeadingElement>(null)
  const conflictRef = useRef<HTMLDivElement>(null)
  useEffect(() => headingRef.current?.focus(), [])

  const { stage, decision, life } = desk.escalation
  const answer = withoutUnasked(editor.draft.written)
  const lacks = lacking(command, answer, stage, now)
  const long = tooLong(form, answer)
  const fields = form.fields.filter(({ path }) => isAsked(command, path, answer, stage))
  const hasProblem = isChecked && (lacks.length > 0 || long.length > 0)

  return (
    <Box as="form" noValidate aria-labelledby={`action-${command}`} onSubmit={send}>
      <Stack $gap={10}>
        <Row $spread>
          <Heading id={`action-${command}`} ref={headingRef} tabIndex={-1}>
            {title}
          </Heading>
          <Button size="small" isBasic type="button" disabled={sending.state === 'sending'} onClick={onBack}>
            {lifeText('form.cancel')}
          </Button>
        </Row>
        {intro() && <Quiet>{intro()}</Quiet>}
        {children}
        {editor.theirs && (
          <ConflictPanel
            panelRef={conflictRef}
            fields={form.fields}
            labelOf={(path) => lifeTextOr(lifeText, `${command}.${path}`, path)}
            mine={editor.draft}
            theirs={editor.theirs}
            onChoose={editor.choose}
          />
        )}
        {fields.map((field) => (
          <ActionField
            key={field.path}
            command={command}
            field={field}
            answer={answer}
            queues={life.queues}
            here={{ tier: decision.tier, queueName: decision.queueName }}
            error={errorOf(field.path)}
            onChange={editor.setField}
          />
        ))}
        {!editor.isKept && <Quiet>{text('form.unkept')}</Quiet>}
        {hasProblem && <Notice kind="error" title={lifeText('form.check')} isUrgent />}
        <SendProblem sending={sending} />
        <Button type="submit" isPrimary isStretched size="medium" disabled={isBusy()}>
          {sending.state === 'sending' ? text('send.sending') : lifeText(`${command}.send` as never)}
        </Button>
      </Stack>
    </Box>
  )

  async function send(event: FormEvent) {
    event.preventDefault()
    if (isBusy()) return
    setIsChecked(true)
    const wrong = lacks[0]?.path ?? long[0]
    if (wrong !== undefined) {
      const id = fieldId(command, wrong)
      const field = document.getElementById(inputIdIn(id)) ?? document.getElementById(id)
      field?.focus()
      return
    }
    if (await submit(tidy(form, answer))) onSent()
  }

  function isBusy(): boolean {
    return sending.state === 'sending' || editor.theirs !== null
  }

  function intro(): string {
    return lifeTextOr(lifeText, `${command}.text.${stage}`, lifeTextOr(lifeText, `${command}.text`))
  }

  function errorOf(path: string): string | undefined {
    if (long.includes(path)) {
      const value: FieldValue = valueAt(answer, path)
      return text('form.tooLong', { count: Array.isArray(value) ? value.join('\n').length : String(value).length })
    }
    const lack = isChecked ? lacks.find((one) => one.path === path) : undefined
    return lack && lifeText(lack.text)
  }

  /** What is not asked for any more is not said either. */
  function withoutUnasked(written: Written<N>): Written<N> {
    const empty = emptyForm(command)
    return form.fields
      .filter(({ path }) => !isAsked(command, path, written, stage) && !(command === 'hand-on' && path === 'tier'))
      .reduce((kept, { path }) => withValueAt(kept, path, valueAt(empty, path)), written)
  }
}

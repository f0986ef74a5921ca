import { Quiet, Row, Title } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { Start } from './start.ts'
import { useDeskText } from './use-desk-text.ts'

/** What is around every part of the page. */
export function Shell({ start }: { start: Start | null }) {
  const text = useDeskText()
  if (!start) {
    return (
      <Notice kind="info" title={text('shell.outside.title')}>
        {text('shell.outside.text')}
      </Notice>
    )
  }
  const { name, role } = start.person
  return (
    <Row as="header" $spread>
      <Title>{text('shell.title')}</Title>
      <Quiet>{text('shell.person', { name, role: text(`role.${role}`) })}</Quiet>
    </Row>
  )
}

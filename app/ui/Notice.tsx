import { Alert } from '@zendeskgarden/react-notifications'
import type { ReactNode } from 'react'
import { styled } from 'styled-components'

type NoticeProps = {
  kind: 'info' | 'warning' | 'error' | 'success'
  title: string
  children?: ReactNode
  /** Read out at once: something went wrong that the agent has to know now. */
  isUrgent?: boolean
  /** The notice is all there is: its title is the page's heading. */
  isHeading?: boolean
}

/** A message above the content; the title alone says what matters. */
export function Notice({ kind, title, children, isUrgent = false, isHeading = false }: NoticeProps) {
  return (
    <CompactAlert type={kind} role={isUrgent ? 'alert' : 'status'}>
      <Alert.Title>{isHeading ? <PlainHeading>{title}</PlainHeading> : title}</Alert.Title>
      {children}
    </CompactAlert>
  )
}

const CompactAlert = styled(Alert)`
  && {
    padding: 10px 12px 10px 40px;
  }
`

const PlainHeading = styled.h1`
  margin: 0;
  font: inherit;
`

import { Component, type ReactNode } from 'react'
import { Notice } from '../ui/Notice.tsx'
import { useDeskText } from './use-desk-text.ts'

/** A fault in drawing must not look like an empty page. */
export class Rescue extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? <Broken /> : this.props.children
  }
}

function Broken() {
  const text = useDeskText()
  return (
    <Notice kind="error" title={text('broken.title')} isUrgent>
      {text('broken.text')}
    </Notice>
  )
}

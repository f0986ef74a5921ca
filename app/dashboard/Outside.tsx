import { Page } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useDeskText } from './use-desk-text.ts'

/** What somebody sees who did not come through Zendesk. */
export function Outside() {
  const text = useDeskText()
  return (
    <Page>
      <Notice kind="info" title={text('shell.outside.title')} isHeading>
        {text('shell.outside.text')}
      </Notice>
    </Page>
  )
}

import { Button } from '@zendeskgarden/react-buttons'
import type { MissingItem } from '../../core/note/completeness.ts'
import { textOr, useText } from '../i18n/text.tsx'
import { PlainList, Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'

/** What a note that went at once still lacks. */
export function OwedItems({ owed, onComplete }: { owed: MissingItem[]; onComplete: (() => void) | null }) {
  const text = useText()
  return (
    <Notice kind="warning" title={text('owed.title')}>
      <Stack $gap={8}>
        <span>{text('owed.text')}</span>
        <PlainList>
          {owed.map(({ field }) => (
            <li key={field}>{textOr(text, `field.${field}`, field)}</li>
          ))}
        </PlainList>
        {onComplete && (
          <Button size="small" isPrimary onClick={onComplete}>
            {text('form.amend')}
          </Button>
        )}
      </Stack>
    </Notice>
  )
}

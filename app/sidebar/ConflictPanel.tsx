import { Button } from '@zendeskgarden/react-buttons'
import type { RefObject } from 'react'
import { styled } from 'styled-components'
import { type FormField, valueAt } from '../../core/form/form.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { Quiet, Row, Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useNow } from '../ui/use-now.ts'
import type { Draft } from './draft.ts'

type ConflictPanelProps<T> = {
  panelRef: RefObject<HTMLDivElement | null>
  fields: readonly FormField[]
  labelOf: (path: string) => string
  mine: Draft<T>
  theirs: Draft<T>
  onChoose: (version: 'mine' | 'theirs') => void
}

/** Two versions of the same draft, field by field where they differ, and the choice between them. */
export function ConflictPanel<T>(props: ConflictPanelProps<T>) {
  const { panelRef, fields, labelOf, mine, theirs, onChoose } = props
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  const different = fields.filter(({ path }) => shown(mine, path) !== shown(theirs, path))

  return (
    <Panel ref={panelRef} tabIndex={-1}>
      <Notice kind="warning" title={text('conflict.both')}>
        <Stack $gap={8}>
          <span>{text('conflict.text')}</span>
          {different.map(({ path }) => (
            <div key={path}>
              <strong>{labelOf(path)}</strong>
              <Version>
                <Quiet as="dt">
                  {text('conflict.mine')}, {formats.fromNow(new Date(mine.savedAt).toISOString(), now)}
                </Quiet>
                <dd>{shown(mine, path) || text('conflict.empty')}</dd>
                <Quiet as="dt">
                  {text('conflict.theirs')}, {formats.fromNow(new Date(theirs.savedAt).toISOString(), now)}
                </Quiet>
                <dd>{shown(theirs, path) || text('conflict.empty')}</dd>
              </Version>
            </div>
          ))}
          <Row>
            <Button size="small" onClick={() => onChoose('mine')}>
              {text('conflict.keepMine')}
            </Button>
            <Button size="small" onClick={() => onChoose('theirs')}>
              {text('conflict.takeTheirs')}
            </Button>
          </Row>
        </Stack>
      </Notice>
    </Panel>
  )
}

function shown<T>({ written }: Draft<T>, path: string): string {
  const value = valueAt(written, path)
  return Array.isArray(value) ? value.join('\n') : String(value ?? '')
}

const Version = styled.dl`
  margin: 0;

  dd {
    max-height: 120px;
    margin: 0 0 4px;
    overflow: auto;
    white-space: pre-wrap;
  }
`

const Panel = styled.div`
  scroll-margin-top: 12px;

  &:focus {
    outline: none;
  }
`

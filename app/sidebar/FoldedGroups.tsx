import { Accordion } from '@zendeskgarden/react-components'
import type { ReactNode } from 'react'
import { styled } from 'styled-components'
import { readField } from '../../core/note/fields.ts'
import type { Note } from '../../core/note/note.ts'
import { useText } from '../i18n/text.tsx'
import { Quiet, Stack } from '../ui/layout.tsx'
import { isBlank } from './forms.ts'
import { FOLDED_GROUPS, type FoldedGroup, fieldsOf } from './note-groups.ts'

type FoldedGroupsProps = {
  note: Note
  open: FoldedGroup[]
  onToggle: (group: FoldedGroup) => void
  renderField: (path: ReturnType<typeof fieldsOf>[number]) => ReactNode
}

/** The rest of the note, one line per group that says how much of it is filled. */
export function FoldedGroups({ note, open, onToggle, renderField }: FoldedGroupsProps) {
  const text = useText()
  return (
    <Accordion
      level={3}
      isCompact
      isExpandable
      isAnimated={false}
      expandedSections={open.map((group) => FOLDED_GROUPS.indexOf(group))}
      onChange={(index: number) => onToggle(FOLDED_GROUPS[index]!)}
    >
      {FOLDED_GROUPS.map((group) => {
        const paths = fieldsOf(group)
        const filled = paths.filter((path) => !isBlank(readField(note, path))).length
        return (
          <Accordion.Section key={group}>
            <SlimHeader>
              <Accordion.Label>
                <LabelLine>
                  {text(`group.${group}`)}
                  <Quiet>{text('form.filled', { filled, all: paths.length })}</Quiet>
                </LabelLine>
              </Accordion.Label>
            </SlimHeader>
            <SlimPanel>
              <Stack>{paths.map(renderField)}</Stack>
            </SlimPanel>
          </Accordion.Section>
        )
      })}
    </Accordion>
  )
}

const LabelLine = styled.span`
  display: flex;
  align-items: baseline;
  justify-content: space-between;
  gap: 8px;
  font-weight: 400;

  > ${Quiet} {
    flex: none;
  }
`

const SlimHeader = styled(Accordion.Header)`
  && button {
    padding: 8px 0;
  }

  && > svg {
    padding: 8px 4px;
    box-sizing: content-box;
  }
`

const SlimPanel = styled(Accordion.Panel)`
  && {
    padding-inline: 2px;
  }
`

import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'
import { useFormats } from '../i18n/text.tsx'
import { Quiet } from '../ui/layout.tsx'
import type { Person } from './start.ts'
import { useDeskText } from './use-desk-text.ts'
import { FilterBar } from './view/FilterBar.tsx'
import { SpanPicker } from './view/SpanPicker.tsx'

/** What the page is, whose hours it counts by, and, where it matters, of when and of what it speaks. */
export function Header({ person, hasWindow }: { person: Person; hasWindow: boolean }) {
  const text = useDeskText()
  const { timeZone } = useFormats()
  return (
    <Bar>
      <Line>
        <Name>{text('shell.title')}</Name>
        <Quiet>
          {text('shell.person', {
            name: person.name,
            role: text(`role.${person.role}`),
            zone: timeZone.replaceAll('_', ' '),
          })}
        </Quiet>
      </Line>
      {hasWindow && (
        <Line>
          <SpanPicker />
          <FilterBar />
        </Line>
      )}
    </Bar>
  )
}

const Bar = styled.header`
  display: flex;
  flex-direction: column;
  gap: 10px;
  padding: 14px 20px 10px;
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};

  @media (max-width: 600px) {
    padding: 12px 12px 8px;
  }

  @media print {
    display: none;
  }
`

const Line = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 12px;
`

const Name = styled.h1`
  margin: 0;
  margin-inline-end: auto;
  font-size: 20px;
  line-height: 28px;
  font-weight: 600;
`

import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'
import { ViewLink } from './report/ViewLink.tsx'
import type { Tab } from './tabs/tabs.tsx'
import { useDeskText } from './use-desk-text.ts'
import type { TabId } from './view/view.ts'

/** The parts of the page, as links: each has an address of its own. */
export function Tabs({ tabs, current }: { tabs: readonly Tab[]; current: TabId }) {
  const text = useDeskText()
  return (
    <Bar aria-label={text('tabs.label')}>
      {tabs.map(({ id }) => (
        <ViewLink key={id} to={{ tab: id, listed: null }} as={TabLink} isCurrent={id === current}>
          {text(`tab.${id}`)}
        </ViewLink>
      ))}
    </Bar>
  )
}

const Bar = styled.nav`
  display: flex;
  gap: 4px;
  padding: 0 16px;
  overflow-x: auto;
  border-bottom: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};

  @media print {
    display: none;
  }

  @media (max-width: 600px) {
    padding: 0 8px;
  }
`

const TabLink = styled.a`
  flex: none;
  padding: 10px 8px 8px;
  white-space: nowrap;
  text-decoration: none;
  border-bottom: 3px solid transparent;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};

  &:hover {
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.primary' })};
  }

  &[aria-current='page'] {
    font-weight: 600;
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.primary' })};
    border-bottom-color: ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: -4px;
    border-radius: 6px;
  }
` as typeof import('./report/Textual.tsx').TextLink

import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'

/** Everything of the app, in one column that never scrolls sideways. */
export const Page = styled.main`
  padding: 12px;
  font-size: 14px;
  line-height: 20px;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};
  overflow-wrap: anywhere;
`

/** Things below each other; `gap` in pixels. */
export const Stack = styled.div<{ $gap?: number }>`
  display: flex;
  flex-direction: column;
  gap: ${({ $gap = 12 }) => $gap}px;
  min-width: 0;
`

/** Things beside each other, wrapping when the sidebar is narrow. */
export const Row = styled.div<{ $gap?: number; $spread?: boolean }>`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: ${({ $spread }) => ($spread ? 'space-between' : 'flex-start')};
  gap: ${({ $gap = 8 }) => $gap}px;
  min-width: 0;
`

export const Title = styled.h1`
  margin: 0;
  font-size: 18px;
  line-height: 24px;
  font-weight: 600;

  &:focus {
    outline: none;
  }
`

export const Heading = styled.h2`
  margin: 0;
  font-size: 15px;
  line-height: 20px;
  font-weight: 600;
`

/** Secondary words. */
export const Quiet = styled.span`
  font-size: 12px;
  line-height: 16px;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
`

export const PlainList = styled.ul`
  margin: 0;
  padding-inline-start: 18px;
`

/** A quiet box that sets its content apart. */
export const Box = styled.section`
  padding: 10px 12px;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${({ theme }) => getColor({ theme, variable: 'background.subtle' })};
`

/** Names on one side, what they are on the other. */
export const Facts = styled.dl`
  display: grid;
  grid-template-columns: minmax(72px, auto) minmax(0, 1fr);
  gap: 4px 12px;
  margin: 0;

  dt {
    font-size: 12px;
    line-height: 20px;
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
  }

  dd {
    margin: 0;
  }
`

import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'

/** A link within text. */
export const TextLink = styled.a`
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.primary' })};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 2px;
  }
`

import { getColor } from '@zendeskgarden/react-theming'
import { css, styled } from 'styled-components'

const look = css`
  padding: 2px 0;
  font: inherit;
  cursor: pointer;
  border: 0;
  text-decoration: underline;
  text-underline-offset: 2px;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.primary' })};
  background: none;

  &:hover {
    text-decoration-thickness: 2px;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 2px;
  }
`

/** A button that stands in a line of words. */
export const Textual = styled.button`
  ${look}
`

export const TextLink = styled.a`
  ${look}
`

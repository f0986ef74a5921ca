import { getColor } from '@zendeskgarden/react-theming'
import { css, styled } from 'styled-components'

const look = css`
  min-height: 32px;
  padding: 4px 10px;
  font: inherit;
  font-size: 13px;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.emphasis' })};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 1px;
  }
`

/** The browser's own controls, in Zendesk's colours: small, quick, and every keyboard and screen reader knows them. */
export const Select = styled.select`
  ${look}
`

export const DateField = styled.input`
  ${look}
`

export const Press = styled.button`
  ${look}
  cursor: pointer;

  &:disabled {
    cursor: default;
    border-color: ${({ theme }) => getColor({ theme, variable: 'border.default' })};
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
  }

  &[aria-pressed='true'],
  &[aria-expanded='true'] {
    border-color: ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.primary' })};
  }
`

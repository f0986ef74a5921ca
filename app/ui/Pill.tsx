import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'

/** A word that marks what it stands beside. Garden's Tag would cost 3 KiB for this. */
export const Pill = styled.span`
  flex: none;
  padding: 0 6px;
  border-radius: 8px;
  font-size: 11px;
  line-height: 16px;
  white-space: nowrap;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
  background: ${({ theme }) => getColor({ theme, hue: 'neutralHue', light: { shade: 200 }, dark: { shade: 900 } })};
`

import { getColor } from '@zendeskgarden/react-theming'
import { type DefaultTheme, useTheme } from 'styled-components'

const SERIES = [
  { hue: 'blue', light: 700, dark: 600 },
  { hue: 'orange', light: 700, dark: 500 },
  { hue: 'kale', light: 800, dark: 500 },
  { hue: 'purple', light: 700, dark: 600 },
  { hue: 'crimson', light: 700, dark: 600 },
  { hue: 'lime', light: 800, dark: 600 },
] as const

export type Palette = ReturnType<typeof paletteOf>

/** Colours of charts. Each stands out from the ground by 3:1 or more; what is beside each other differs in form too. */
export function usePalette(): Palette {
  return paletteOf(useTheme())
}

function paletteOf(theme: DefaultTheme) {
  const named = (variable: string) => getColor({ theme, variable })
  return {
    series: (index: number) => {
      const { hue, light, dark } = SERIES[index % SERIES.length]!
      return getColor({ theme, hue, light: { shade: light }, dark: { shade: dark } })
    },
    ground: named('background.default'),
    text: named('foreground.default'),
    quiet: named('foreground.subtle'),
    line: named('border.default'),
    grid: named('border.subtle'),
    target: named('foreground.danger'),
  }
}

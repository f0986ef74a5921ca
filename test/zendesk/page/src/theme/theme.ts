import { DEFAULT_THEME, getColor, type IGardenTheme } from '@zendeskgarden/react-theming'

export type ColorScheme = 'light' | 'dark'

export function themeFor(base: ColorScheme): IGardenTheme {
  return { ...DEFAULT_THEME, colors: { ...DEFAULT_THEME.colors, base } }
}

/** Garden's colours under short names, for the page's style sheets. */
const COLORS: Record<string, Parameters<typeof getColor>[0] extends infer P ? Omit<P & object, 'theme'> : never> = {
  '--bg': { variable: 'background.default' },
  '--bg-raised': { variable: 'background.raised' },
  '--bg-recessed': { variable: 'background.recessed' },
  '--bg-subtle': { variable: 'background.subtle' },
  '--bg-warning': { variable: 'background.warning' },
  '--bg-danger': { variable: 'background.danger' },
  '--bg-primary-emphasis': { variable: 'background.primaryEmphasis' },
  '--border': { variable: 'border.default' },
  '--border-field': { variable: 'border.default', dark: { offset: -100 }, light: { offset: 100 } },
  '--border-subtle': { variable: 'border.subtle' },
  '--border-warning': { variable: 'border.warning' },
  '--border-danger': { variable: 'border.danger' },
  '--border-primary': { variable: 'border.primaryEmphasis' },
  '--fg': { variable: 'foreground.default' },
  '--fg-subtle': { variable: 'foreground.subtle' },
  '--fg-primary': { variable: 'foreground.primary' },
  '--fg-warning': { variable: 'foreground.warning' },
  '--fg-warning-strong': { variable: 'foreground.warningEmphasis' },
  '--fg-danger': { variable: 'foreground.danger' },
  '--fg-success': { variable: 'foreground.success' },
  '--shadow': { variable: 'shadow.large' },
}

/** Puts the scheme's colours on the page itself, before anything is painted with them. */
export function paintPage(scheme: ColorScheme): void {
  const theme = themeFor(scheme)
  const root = document.documentElement
  root.dataset.scheme = scheme
  root.style.colorScheme = scheme
  for (const [name, parameters] of Object.entries(COLORS)) {
    root.style.setProperty(name, getColor({ theme, ...parameters }))
  }
}

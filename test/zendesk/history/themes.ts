import type { Theme } from './theme.ts'
import { DATA_THEMES } from './themes-data.ts'
import { INTEGRATION_THEMES } from './themes-integrations.ts'
import { SIGN_IN_THEMES } from './themes-sign-in.ts'

/** The dozen root causes behind most escalations of the demo company. */
export const THEMES: readonly Theme[] = [...SIGN_IN_THEMES, ...INTEGRATION_THEMES, ...DATA_THEMES]

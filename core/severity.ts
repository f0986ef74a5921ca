import { z } from 'zod'

/** How bad it is, P0 worst. Urgency is something else: a score made of named points. */
export const Severity = z.enum(['P0', 'P1', 'P2', 'P3'])
export type Severity = z.infer<typeof Severity>

/** Zendesk's ticket priorities, lowest first. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export const Priority = z.enum(PRIORITIES)
export type Priority = z.infer<typeof Priority>

import { z } from 'zod'
import { MEASURES, type MeasureId } from '../contract/report.ts'
import { definitionOf } from '../metrics/definitions.ts'
import { nearest } from '../nearest.ts'
import { parseDuration } from '../units.ts'
import { listed } from './differences.ts'
import type { Policy } from './policy.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

/** What figures are to come to, in their units: shares from 0 to 1, durations in hours. */
export type MeasureTargets = Readonly<Partial<Record<MeasureId, number>>>

/** By the measure's name; how a target is written depends on what it measures. */
export const MeasureTargetsEntry = z.record(z.string(), z.union([z.string(), z.number()], 'Write a number or a text'))

export function resolveMeasureTargets({ targets = {} }: EscalationEntry, report: Report): MeasureTargets {
  const found: Partial<Record<MeasureId, number>> = {}
  for (const [name, written] of Object.entries(targets)) {
    const path = ['escalation', 'targets', name]
    const id = MEASURES.find((one) => one === name)
    if (!id) {
      report.refuseKey(path, `There is no measure "${name}"`, nearest(name, MEASURES))
      continue
    }
    const target = readTarget(id, written)
    if (typeof target === 'number') found[id] = target
    else report.refuse(path, target)
  }
  return found
}

/** @returns a sentence where it cannot be read */
function readTarget(id: MeasureId, written: string | number): number | string {
  switch (definitionOf(id).kind) {
    case 'duration': {
      const minutes = typeof written === 'string' ? parseDuration(written) : null
      return minutes === null ? 'Write a span such as 30m, 4h or 1d' : minutes / 60
    }
    case 'share': {
      const [, percent] = /^(\d+(?:\.\d+)?)\s*%$/.exec(String(written)) ?? []
      const share = Number(percent) / 100
      return share >= 0 && share <= 1 ? share : 'Write a percentage from 0 % to 100 %, such as 95 %'
    }
    default:
      return typeof written === 'number' && written >= 0 ? written : 'Write a number that is not negative'
  }
}

export function diffMeasureTargets({ measureTargets: before }: Policy, { measureTargets: after }: Policy): string[] {
  return listed('targets', Object.entries(before), Object.entries(after), ([name]) => name)
}

import type { Hours, Layer, Schedule } from '../../../core/oncall/schedule.ts'
import { wallTime } from './times.ts'

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Ana, Ben and Chiara by turns of a week, from Monday 2026-01-05 09:00 in Berlin. */
export function aLayer(layer: Partial<Layer> = {}): Layer {
  return {
    id: 'base',
    zone: 'Europe/Berlin',
    participants: ['ana', 'ben', 'chiara'],
    rotation: { unit: 'days', length: 7 },
    startsAt: wallTime('2026-01-05 09:00'),
    hours: [],
    ...layer,
  }
}

export function aSchedule(schedule: Partial<Schedule> = {}): Schedule {
  return { id: 'platform', name: 'Platform', zone: 'Europe/Berlin', layers: [aLayer()], overrides: [], ...schedule }
}

/** `hoursOn('mon tue', 9, 17)`; until is 24 or more for hours that end on the next day. */
export function hoursOn(days: string, from: number, until: number): Hours {
  return { days: WEEK.filter((day) => days.includes(day)), from: from * 60, until: until * 60 }
}

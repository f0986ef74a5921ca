import { z } from 'zod'
import { WEEKDAYS } from '../clock/schedule-input.ts'
import { Id, Label, oneOrMore, Span } from './entries.ts'

const DATE = 'Write a date such as 2026-01-05'
const TIME = 'Write a time in quotes, such as "09:00"'
const MOMENT = 'Write a local time such as 2026-12-24 18:00, or an instant such as 2026-12-24T17:00:00Z'
const ROTATION = 'Write daily, weekly or a number of hours such as 12h'

const Email = z
  .string('Write an e-mail address')
  .max(254, 'At most 254 characters')
  .regex(/^[^\s@]+@[^\s@]+$/, 'Write an e-mail address')
  .transform((email) => email.toLowerCase())
const Zone = z.string().max(60, 'At most 60 characters')

export const DATE_PATTERN = /^(\d{4})-(\d\d)-(\d\d)$/
export const TIME_PATTERN = /^([01]?\d|2[0-3]):([0-5]\d)$/
export const MOMENT_PATTERN =
  /^\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(Z|[+-][01]\d:[0-5]\d)?)?$/

const isRealDate = (text: string) => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return Number(year) >= 1970 && date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
}
const LocalDate = z.string(DATE).refine((text) => DATE_PATTERN.test(text) && isRealDate(text), DATE)
const LocalTime = z.string(TIME).regex(TIME_PATTERN, TIME)
const EndTime = z.string(TIME).refine((text) => TIME_PATTERN.test(text) || text === '24:00', TIME)
const Moment = z.string(MOMENT).refine((text) => MOMENT_PATTERN.test(text) && isRealDate(text), MOMENT)
const Rotation = z
  .string(ROTATION)
  .regex(/^(daily|weekly|\d{1,4}h)$/, ROTATION)
  .refine((text) => !/^0+h$/.test(text), 'A rotation of zero hours never hands over; write at least 1h')

/** An e-mail address, or one with a name. */
const PersonEntry = z.preprocess(
  (given) => (typeof given === 'string' ? { email: given } : given),
  z.strictObject({ email: Email, name: Label.optional() }),
)

const HoursEntry = z.strictObject({
  days: oneOrMore(z.enum(WEEKDAYS)).optional(),
  from: LocalTime.optional(),
  to: EndTime.optional(),
})

const LayerEntry = z.strictObject({
  id: Id,
  participants: z.array(Email).min(1, 'An empty layer covers nobody; name at least one person').max(100),
  rotation: Rotation.optional(),
  hand_over: LocalTime.optional(),
  starts: LocalDate,
  zone: Zone.optional(),
  hours: z.array(HoursEntry).min(1, 'Name at least one span, or leave "hours" out for always').max(50).optional(),
})
export type LayerEntry = z.infer<typeof LayerEntry>

const OverrideEntry = z.strictObject({ from: Moment, to: Moment, person: Email })

const ScheduleEntry = z.strictObject({
  id: Id,
  name: Label.optional(),
  zone: Zone,
  layers: z.array(LayerEntry).min(1, 'A schedule without layers covers nobody; add one').max(20, 'At most 20 layers'),
  overrides: z.array(OverrideEntry).max(500, 'At most 500 overrides').optional(),
})
export type ScheduleEntry = z.infer<typeof ScheduleEntry>

const StepEntry = z.strictObject({
  /** Ids of schedules and e-mail addresses of people. */
  tell: oneOrMore(Label),
  wait: Span.optional(),
})

export const OnCallEntry = z.strictObject({
  /** Everybody whom schedules and steps may name. */
  people: z.array(PersonEntry).min(1, 'Name at least one person').max(1000, 'At most 1000 people'),
  schedules: z.array(ScheduleEntry).max(50, 'At most 50 schedules').optional(),
  /** Id of a queue → whom to tell, step by step. */
  steps: z
    .record(z.string(), z.array(StepEntry).min(1, 'Name at least one step').max(20, 'At most 20 steps'))
    .optional(),
})
export type OnCallEntry = z.infer<typeof OnCallEntry>

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWritten, wallOf, writeInstant, writeWall } from '../../../app/life/zoned-time.ts'
import { readWhen } from '../../../core/escalation/date-said.ts'
import { MINUTE_MS } from '../../../core/units.ts'

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe']
const instant = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) })
  .map((at) => Math.floor(at / MINUTE_MS) * MINUTE_MS)

describe('a date that somebody chooses', () => {
  it.each([
    ['2026-03-09T15:00', 'Europe/Berlin', '2026-03-09 15:00 +01:00'],
    ['2026-07-09T15:00', 'Europe/Berlin', '2026-07-09 15:00 +02:00'],
    ['2026-03-09T15:00', 'America/New_York', '2026-03-09 15:00 -04:00'],
    ['2026-03-09T15:00', 'Asia/Kathmandu', '2026-03-09 15:00 +05:45'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29 03:30 +02:00'],
  ])('is written for people to read: %s in %s as %s', (wall, zone, written) => {
    expect(writeWall(wall, zone)).toBe(written)
  })

  it.each(['', '2026-03-09', '15:00', '2026-13-40T99:99', 'tomorrow'])(
    'is empty while it is none yet: "%s"',
    (wall) => {
      expect(writeWall(wall, 'Europe/Berlin')).toBe('')
    },
  )

  it('is read back by Baton as the same instant, and shown again as it was chosen', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...ZONES), (at, zone) => {
        const written = writeInstant(at, zone)
        expect(readWhen(written, 0, 'The date')).toBe(at)
        expect(readWritten(written)).toBe(at)
        expect(readWritten(writeWall(wallOf(written, zone), zone))).toBeTypeOf('number')
        expect(wallOf(writeWall(wallOf(written, zone), zone), zone)).toBe(wallOf(written, zone))
      }),
    )
  })

  it('lasts until the end of its day when it is a day, as it does for Baton', () => {
    expect(readWritten('2026-03-08')).toBe(readWhen('2026-03-08', 0, 'The date'))
  })
})

import { useEffect, useRef, useState } from 'react'
import type { ClockView } from '../../core/contract/api.ts'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { HiddenText } from '../ui/HiddenText.tsx'
import { useNow } from '../ui/use-now.ts'
import { type Heard, type Passing, passings } from './announcements.ts'
import { readClock } from './clock-reading.ts'
import { roundedUp, useClockWords } from './use-clock-words.ts'

/** Long enough to be picked up, short enough that nobody finds it again while reading the page. */
const SAID_FOR_MS = 10 * SECOND_MS

const NOTHING = { polite: '', assertive: '' }

/** Tells people who don't see the sidebar when the nearest clock runs low, and at once when it is breached. */
export function ClockAnnouncer({ clocks, asOf }: { clocks: readonly ClockView[]; asOf: Instant }) {
  const text = useText()
  const formats = useFormats()
  const { nameOf } = useClockWords()
  const now = useNow(SECOND_MS)
  const heard = useRef<Heard>(new Map())
  const nearest = useRef<string | null>(null)
  const [said, setSaid] = useState(NOTHING)

  useEffect(() => {
    const before = nearest.current
    nearest.current = clocks[0]?.id ?? null
    const read = clocks.map((clock) => ({ clock, reading: readClock(clock, asOf, now) }))
    // The one that was nearest may have been breached, which puts another in front.
    const found = passings(heard.current, read, (id) => id === before || id === nearest.current)
    heard.current = found.heard
    if (found.passings.length === 0) return
    const sentences = (isGrave: boolean) =>
      found.passings.filter(({ threshold }) => (threshold === 0) === isGrave).map(sentenceOf)
    setSaid({ polite: sentences(false).join(' '), assertive: sentences(true).join(' ') })
  })

  useEffect(() => {
    if (said === NOTHING) return
    const timer = setTimeout(() => setSaid(NOTHING), SAID_FOR_MS)
    return () => clearTimeout(timer)
  }, [said])

  return (
    <>
      <HiddenText aria-live="polite">{said.polite}</HiddenText>
      <HiddenText aria-live="assertive">{said.assertive}</HiddenText>
    </>
  )

  function sentenceOf({ clock, reading, threshold }: Passing): string {
    const name = nameOf(clock)
    if (threshold === 0) return text('clock.announce.breached', { clock: name })
    const span = formats.spanInWords(roundedUp(reading.leftMs))
    return text('clock.announce.left', { clock: name, percent: threshold, span })
  }
}

import { useEffect, useState } from 'react'
import { call, get } from '../api/http.ts'
import { Icon } from '../theme/Icon.tsx'
import { clockText } from '../theme/text.ts'

type ClockAnswer = { now: string }

export type ZendeskClockProps = {
  /** Time has gone on; what is shown is to be looked at again. */
  onMoved: () => void
  onFailure: (message: string) => void
}

/** How often the shown time is read; others, like a running demo, may move it too. */
const READ_EVERY_MS = 10_000
const HOUR_MS = 60 * 60_000

const STEPS: { label: string; title: string; from: (now: number) => number }[] = [
  { label: '+15 min', title: 'A quarter of an hour later', from: (now) => now + HOUR_MS / 4 },
  { label: '+1 h', title: 'An hour later', from: (now) => now + HOUR_MS },
  { label: '+8 h', title: 'Eight hours later', from: (now) => now + 8 * HOUR_MS },
  { label: 'Morning', title: 'The next weekday, 09:00 UTC', from: nextMorning },
]

/** The local Zendesk's own time, and a way to move it on. */
export function ZendeskClock({ onMoved, onFailure }: ZendeskClockProps) {
  const [now, setNow] = useState<string | null>(null)
  const [isMoving, setMoving] = useState(false)

  useEffect(() => {
    const read = () =>
      get<ClockAnswer>('/__local/clock').then(
        (answer) => setNow(answer.now),
        () => setNow(null),
      )
    void read()
    const timer = setInterval(read, READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [])

  async function moveTo(laterThan: (now: number) => number) {
    setMoving(true)
    try {
      const before = Date.parse((await get<ClockAnswer>('/__local/clock')).now)
      setNow((await call<ClockAnswer>('POST', '/__local/clock', { ms: laterThan(before) - before })).now)
      onMoved()
    } catch (error) {
      onFailure(`The clock could not be moved. ${(error as Error).message}`)
    }
    setMoving(false)
  }

  return (
    <section className="clock" aria-label="Clock of the local Zendesk">
      <Icon name="clock" />
      <time dateTime={now ?? undefined}>{now ? clockText(now) : '–'}</time>
      {STEPS.map(({ label, title, from }) => (
        <button
          key={label}
          type="button"
          className="clock-step"
          title={title}
          disabled={isMoving}
          onClick={() => void moveTo(from)}
        >
          {label}
        </button>
      ))}
    </section>
  )
}

/** 09:00 UTC of the next day that is neither Saturday nor Sunday. */
function nextMorning(now: number): number {
  const morning = new Date(now)
  do morning.setUTCDate(morning.getUTCDate() + 1)
  while (morning.getUTCDay() % 6 === 0)
  return morning.setUTCHours(9, 0, 0, 0)
}

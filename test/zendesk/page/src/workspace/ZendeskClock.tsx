import { useEffect, useState } from 'react'
import { call, get } from '../api/http.ts'
import { Icon } from '../theme/Icon.tsx'
import { clockText } from '../theme/text.ts'

type ClockAnswer = { now: string }

/** How often the shown time is read; others, like a running demo, may move it too. */
const READ_EVERY_MS = 10_000

const STEPS = [
  { label: '+15 min', ms: 15 * 60_000 },
  { label: '+1 h', ms: 60 * 60_000 },
]

/** The local Zendesk's own time, and a way to move it on. */
export function ZendeskClock({ onFailure }: { onFailure: (message: string) => void }) {
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

  async function advance(ms: number) {
    setMoving(true)
    try {
      setNow((await call<ClockAnswer>('POST', '/__local/clock', { ms })).now)
    } catch (error) {
      onFailure(`The clock could not be moved. ${(error as Error).message}`)
    }
    setMoving(false)
  }

  return (
    <section className="clock" aria-label="Clock of the local Zendesk">
      <Icon name="clock" />
      <time dateTime={now ?? undefined}>{now ? clockText(now) : '–'}</time>
      {STEPS.map(({ label, ms }) => (
        <button key={label} type="button" className="clock-step" disabled={isMoving} onClick={() => void advance(ms)}>
          {label}
        </button>
      ))}
    </section>
  )
}

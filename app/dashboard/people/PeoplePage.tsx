import { ClockAudit } from './ClockAudit.tsx'
import { LoadPart } from './LoadPart.tsx'
import { Pressure } from './Pressure.tsx'

/** Who has how much, and what happens to clocks and queues around people. For those who lead. */
export function PeoplePage() {
  return (
    <>
      <LoadPart />
      <ClockAudit />
      <Pressure />
    </>
  )
}

import type { ClockView } from '../contract/api.ts'
import type { PacketSection } from './shape.ts'
import { CLOCK_WORDS, showInstant, showSpan } from './words.ts'

export function clocksSection(clocks: readonly ClockView[]): PacketSection {
  const rows = clocks.map((clock) => [
    nameOf(clock),
    showSpan(clock.targetMs),
    showSpan(clock.elapsedMs),
    standingOf(clock),
  ])
  return {
    id: 'clocks',
    title: 'Clocks',
    blocks: rows.length > 0 ? [{ kind: 'table', columns: ['Clock', 'Target', 'Used', 'Now'], rows }] : [],
  }
}

/** The most urgent clock that still counts for something, and every one that was missed. */
export function timeLeft(clocks: readonly ClockView[]): string[] {
  const next = clocks.find(({ state }) => state === 'running' || state === 'paused')
  const missed = clocks.filter(({ state }) => state === 'breached')
  return [...(next ? [next] : []), ...missed].map((clock) => `${nameOf(clock)}: ${standingOf(clock)}.`)
}

function nameOf({ name, tier }: ClockView): string {
  return tier === null ? CLOCK_WORDS[name] : `${CLOCK_WORDS[name]}, tier ${tier}`
}

function standingOf({ state, deadline, breachedAt, paused, targetMs, elapsedMs, schedule }: ClockView): string {
  const left = `${showSpan(targetMs - elapsedMs)} ${schedule === null ? '' : 'of working time '}left`
  switch (state) {
    case 'running':
      return deadline === null ? left : `${left}, due ${showInstant(deadline)}`
    case 'paused':
      return `paused${paused?.status ? ` while ${paused.status}` : ''}, ${left}`
    case 'breached':
      return breachedAt === null ? 'missed' : `missed ${showInstant(breachedAt)}`
    case 'met':
      return 'met'
    case 'cancelled':
      return 'ended before it was decided'
    case 'waiting':
      return 'not started'
  }
}

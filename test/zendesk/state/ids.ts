import { createHash } from 'node:crypto'
import type { Instant } from '../../../core/units.ts'
import type { State } from './model.ts'

/**
 * Ids come from counters in the state and its seed, so that the same requests give the same ids.
 * Tickets count up from 1; everything else has 13 to 14 digits, rises, and leaves gaps.
 */
export function nextId(state: State, kind: string): number {
  const { counters } = state
  if (kind === 'ticket') {
    counters.ticket = (counters.ticket ?? 0) + 1
    return counters.ticket
  }
  const last = counters[kind] ?? 4_000_000_000_000 + (drawNumber(state, `first ${kind}`) % 20_000_000_000_000)
  counters[kind] = last + 1 + (drawNumber(state, `${kind} ${last}`) % 89)
  return counters[kind]
}

/** A ULID whose random half comes from the seed. */
export function nextUlid(state: State, now: Instant): string {
  const random = BigInt(`0x${nextToken(state, 20)}`)
  return encode(BigInt(now), 10) + encode(random, 16)
}

/** Hex digits that nobody can guess from another token without the seed. */
export function nextToken(state: State, length: number): string {
  state.counters.token = (state.counters.token ?? 0) + 1
  let hex = ''
  for (let block = 0; hex.length < length; block++) hex += draw(state, `token ${state.counters.token} ${block}`)
  return hex.slice(0, length)
}

function draw(state: State, what: string): string {
  return createHash('sha256').update(`${state.counters.seed} ${what}`).digest('hex')
}

function drawNumber(state: State, what: string): number {
  return Number.parseInt(draw(state, what).slice(0, 12), 16)
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function encode(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 32n) text = CROCKFORD[Number(rest % 32n)] + text
  return text
}

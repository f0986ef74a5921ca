import { type Instant, MINUTE_MS } from '../../core/units.ts'
import type { StreamStanding, SyncStanding } from '../sync/standing.ts'
import { adviceOn, EXPORT_WORDS, STREAM_STATES } from '../sync/words.ts'
import { table } from './table.ts'

/** What `baton sync` prints. */
export function describeSync(standing: SyncStanding, now: Instant): string {
  const { exports } = standing
  const rows = exports.map((one) => [
    ...[EXPORT_WORDS[one.export], STREAM_STATES[one.state], percent(one.progress)],
    ...[utc(one.readTo), one.lagMs === null ? '' : span(one.lagMs), String(one.kept)],
  ])
  const advice = exports.flatMap((one) => {
    const said = adviceOn(one)
    return said === null ? [] : [`${EXPORT_WORDS[one.export]}: ${said}`]
  })
  return [
    table(['WHAT', 'STATE', 'DONE', 'READ UP TO', 'BEHIND BY', 'ROWS KEPT'], rows),
    [callsOf(standing), historyOf(standing), reconciledOf(standing, now)].join('\n'),
    ...(advice.length > 0 ? [advice.join('\n')] : []),
  ].join('\n\n')
}

/** The same in a line, for where nothing can be written over. */
export function describeSyncShortly(standing: SyncStanding, now: Instant): string {
  const past = standing.exports.filter(({ progress }) => progress !== null)
  const done = past.map((one) => `${EXPORT_WORDS[one.export]} ${percent(one.progress)}, ${one.kept} rows`)
  return [utc(now), ...done, callsOf(standing), historyOf(standing)].join('; ')
}

/** What `baton sync --json` prints. */
export function listSync({ exports, calls, leftMs, completeSince, reconcile }: SyncStanding) {
  return {
    exports: exports.map(({ lagMs, readTo, ...one }) => ({
      ...one,
      lagMs,
      readTo: iso(readTo),
      advice: adviceOn(one),
    })),
    calls,
    leftMs,
    completeSince: iso(completeSince),
    reconcile: reconcile && { ...reconcile, at: iso(reconcile.at) },
  }
}

function callsOf({ calls: { perMinute, used } }: SyncStanding): string {
  const share = used === null ? 'none made in the last hour' : `${percent(used)} used in the last hour`
  return `Calls of exports: ${perMinute} a minute for all, ${share}.`
}

function historyOf({ completeSince, leftMs }: SyncStanding): string {
  const since =
    completeSince === null ? 'No tickets are kept yet.' : `Tickets are complete since ${utc(completeSince)}.`
  return leftMs === null ? since : `${since} The past is read in about ${span(leftMs)}.`
}

function reconciledOf({ reconcile }: SyncStanding, now: Instant): string {
  if (reconcile === null) return 'The record was not compared with the tickets yet.'
  const { at, missed, gone, differing } = reconcile
  return (
    `The record was last compared with the tickets ${span(now - at)} ago: ${missed} were missed, ${gone} deleted ` +
    `and still open here, ${differing} say another stage; all were looked at again.`
  )
}

function percent(share: StreamStanding['progress']): string {
  return share === null ? '' : `${Math.floor(share * 100)} %`
}

function span(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 120) return `${minutes} min`
  return minutes < 2 * 24 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`
}

function utc(at: Instant | null): string {
  return at === null ? '-' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { syncFindings } from '../../../server/admin/doctor-sync.ts'
import { describeSync, describeSyncShortly, listSync } from '../../../server/cli/sync-report.ts'
import type { SyncStanding } from '../../../server/sync/standing.ts'

const NOW = Date.parse('2026-03-06T10:00:00Z')
const live = { readTo: NOW - MINUTE_MS, kept: 12, progress: null }
const STANDING: SyncStanding = {
  exports: [
    { ...live, export: 'tickets', state: 'current', lagMs: 20_000 },
    { ...live, export: 'articles', state: 'absent', lagMs: 5 * MINUTE_MS, kept: 0 },
    { ...live, export: 'tickets-history', state: 'reading', lagMs: null, kept: 41_000, progress: 0.413 },
  ],
  calls: { perMinute: 10, used: 0.968 },
  leftMs: 3 * HOUR_MS,
  completeSince: Date.parse('2026-03-01T00:00:00Z'),
  reconcile: { at: NOW - 2 * HOUR_MS, missed: 3, gone: 1, differing: 0 },
}

describe('how far the account is read', () => {
  it('is told by export, with calls, time left and what was repaired', () => {
    const text = describeSync(STANDING, NOW)
    expect(text).toMatch(/Tickets of the past\s+Being read\s+41 %\s+2026-03-06 09:59Z\s+41000/)
    expect(text).toContain('Calls of exports: 10 a minute for all, 96 % used in the last hour.')
    expect(text).toContain('Tickets are complete since 2026-03-01 00:00Z. The past is read in about 3 h.')
    expect(text).toContain('2 h ago: 3 were missed, 1 deleted and still open here, 0 say another stage')
    expect(text).toContain('Help Center articles: The account has no Help Center')
  })

  it('is told in a line where nothing can be written over, and as data', () => {
    expect(describeSyncShortly(STANDING, NOW)).toMatch(
      /^2026-03-06 10:00Z; Tickets of the past 41 %, 41000 rows; [^\n]+$/,
    )
    expect(listSync(STANDING).exports[1]).toMatchObject({
      export: 'articles',
      advice: expect.stringContaining('no Help Center'),
    })
  })

  it('is part of what the doctor finds', () => {
    expect(syncFindings(STANDING).map(({ level }) => level)).toEqual(['warning', 'ok'])
    expect(syncFindings({ ...STANDING, completeSince: null })).toEqual([])
  })
})

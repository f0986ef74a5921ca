import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { currentPolicy } from '../policy/store.ts'
import { type ScheduleTrouble, schedulesInZendesk, usesZendesk } from '../schedules/read-schedules.ts'
import { recountStale } from '../schedules/recount.ts'
import { takeOver } from '../schedules/sync-schedules.ts'
import { touchedBySchedules } from '../schedules/touched.ts'
import { readVersions } from '../schedules/versions.ts'
import { describeMoved } from './touched-report.ts'

/**
 * Reads Zendesk's schedules: lists the deadlines that move, and then lets them.
 *
 * @throws when one of them cannot be read, after the others have been taken over
 */
export async function readSchedules(
  context: Context,
  { dryRun }: { dryRun: boolean },
  print: (line: string) => void,
): Promise<void> {
  const { db, clock, account, zendeskFor } = context
  const policy = await currentPolicy(db, account.id, clock.now())
  if (!usesZendesk(policy)) {
    print('The policy takes no schedule from Zendesk.')
    return
  }
  const found = await (await zendeskFor(account.id)).listSchedules()
  const troubles = await inAccount(db, account.id, async (tx) => {
    const { read, troubles } = schedulesInZendesk(policy, found, await readVersions(tx))
    print(describeMoved(await touchedBySchedules(tx, read, clock.now())))
    return troubles
  })
  if (dryRun) print('Nothing was changed.')
  else {
    const { changed } = await takeOver(account.id, {
      ...context,
      zendeskOf: () => ({ listSchedules: async () => found }),
    })
    if (changed.length > 0) print(`${await recountStale(account.id, context)} open escalation(s) were counted anew.`)
  }
  if (troubles.length > 0) throw new Error(troubles.map(sentenceOf).join('\n'))
}

function sentenceOf({ id, why, meanwhile }: ScheduleTrouble): string {
  return `Schedule ${id}: ${why} ${meanwhile}`
}

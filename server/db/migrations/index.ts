import type { Migration } from 'kysely/migration'
import * as firstTables from './0001-first-tables.ts'
import * as accountsApart from './0002-accounts-apart.ts'
import * as jobsSchema from './0003-jobs-schema.ts'
import * as syncCursor from './0004-sync-cursor.ts'
import * as clocks from './0005-clocks.ts'
import * as metricEvents from './0006-metric-events.ts'
import * as openTickets from './0007-open-tickets.ts'
import * as eventsWithoutKey from './0008-events-without-key.ts'
import * as apiKeys from './0009-api-keys.ts'
import * as notices from './0010-notices.ts'
import * as engineering from './0011-engineering.ts'
import * as reviews from './0012-reviews.ts'
import * as whatIsWatched from './0013-what-is-watched.ts'
import * as syncedAccount from './0014-synced-account.ts'
import * as measures from './0015-measures.ts'
import * as similar from './0016-similar.ts'
import * as knowledge from './0017-knowledge.ts'
import * as syncExtras from './0018-sync-extras.ts'
import * as desk from './0019-desk.ts'
import * as solvedTickets from './0020-solved-tickets.ts'

/** In the order they are applied; a released one is never altered. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-accounts-apart': accountsApart,
  '0003-jobs-schema': jobsSchema,
  '0004-sync-cursor': syncCursor,
  '0005-clocks': clocks,
  '0006-metric-events': metricEvents,
  '0007-open-tickets': openTickets,
  '0008-events-without-key': eventsWithoutKey,
  '0009-api-keys': apiKeys,
  '0010-notices': notices,
  '0011-engineering': engineering,
  '0012-reviews': reviews,
  '0013-what-is-watched': whatIsWatched,
  '0014-synced-account': syncedAccount,
  '0015-measures': measures,
  '0016-similar': similar,
  '0017-knowledge': knowledge,
  '0018-sync-extras': syncExtras,
  '0019-desk': desk,
  '0020-solved-tickets': solvedTickets,
}

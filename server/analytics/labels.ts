import { sql } from 'kysely'
import type { Report, ReportDimension } from '../../core/contract/report.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { AccountTransaction } from '../db/in-account.ts'

type Named = Pick<Policy, 'tiers' | 'queues' | 'components' | 'customerTiers'>

/** How people call the values of dimensions: by the policy in force, people by Zendesk, and by the record if it knows them no more. */
export async function labelsFor(
  tx: AccountTransaction,
  values: ReadonlyMap<ReportDimension, ReadonlySet<string>>,
  policy: Named,
): Promise<Report['labels']> {
  const labels: Report['labels'] = {}
  for (const [dimension, wanted] of values) {
    const names = dimension === 'agent' ? await namesOfAgents(tx, [...wanted]) : namesIn(policy, dimension)
    const found = [...wanted].flatMap((value) => {
      const name = names.get(value)
      return name === undefined ? [] : [[value, name] as const]
    })
    if (found.length > 0) labels[dimension] = Object.fromEntries(found)
  }
  return labels
}

function namesIn({ tiers, queues, components, customerTiers }: Named, dimension: ReportDimension): Map<string, string> {
  switch (dimension) {
    case 'tier':
      return new Map(tiers.map(({ level, name }) => [String(level), name]))
    case 'queue':
      return new Map(queues.map(({ id, name }) => [id, name]))
    case 'component':
      return new Map(components.map(({ id, name }) => [id, name]))
    case 'segment':
      return new Map(customerTiers.map(({ id, name }) => [id, name]))
    default:
      return new Map()
  }
}

async function namesOfAgents(tx: AccountTransaction, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== '').map(Number)
  const { rows } = await sql<{ id: string; name: string }>`
    select wanted.id::text, coalesce(u.name, a.name) as name
    from unnest(${wanted}::bigint[]) as wanted (id)
    left join zendesk_user as u on u.user_id = wanted.id
    left join measure_agent as a on a.agent = wanted.id
    where coalesce(u.name, a.name) is not null`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

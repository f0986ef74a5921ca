import { type NowRow, PRESSING } from '../../../core/contract/now.ts'

export type Risk = { account: string; rows: NowRow[] }

/** Open escalations that press, by the customer's account: the account with the gravest first. */
export function risksOf(rows: readonly NowRow[]): Risk[] {
  const gravest = ({ rows: [first] }: Risk) => PRESSING.indexOf(first!.reasons[0]!.kind)
  const worst = ({ rows }: Risk) => rows.map(({ severity }) => severity).toSorted()[0]!
  return [...Map.groupBy(rows, ({ account }) => account)]
    .map(([account, own]) => ({ account, rows: own }))
    .toSorted(
      (a, b) =>
        gravest(a) - gravest(b) ||
        (worst(a) < worst(b) ? -1 : worst(a) > worst(b) ? 1 : 0) ||
        b.rows.length - a.rows.length,
    )
}

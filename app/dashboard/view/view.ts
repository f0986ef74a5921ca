import { MEASURES, type MeasureId, REPORT_DIMENSIONS, type ReportDimension } from '../../../core/contract/report.ts'

export const TABS = ['now', 'trends', 'sla', 'engineering', 'people', 'deflection', 'reviews', 'briefing'] as const
export type TabId = (typeof TABS)[number]

/** Whole weeks up to the present one, or days of one's own choice, both included. */
export type Span = { weeks: number } | { from: string; to: string }

export const PRESETS = [4, 13, 26, 52] as const
export const NARROWING = ['tier', 'queue', 'component', 'severity', 'segment'] as const satisfies ReportDimension[]
export type Filters = Partial<Record<ReportDimension, string[]>>

/** What a list of tickets is of: a figure, or a part of it. */
export type Listed = { measure: MeasureId; at: Filters; only: 'hits' | 'misses' | 'open' | null }

/** Everything that decides what the page shows; it is all in the address, so that it can be shared and gone back to. */
export type View = {
  tab: TabId
  span: Span
  /** Shows each figure against the window before. */
  compares: boolean
  filters: Filters
  listed: Listed | null
}

export const FIRST_VIEW: View = { tab: 'now', span: { weeks: 13 }, compares: true, filters: {}, listed: null }

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** `#/trends?weeks=13&tier=2&tier=3` */
export function writeView({ tab, span, compares, filters, listed }: View): string {
  const query = new URLSearchParams()
  if ('weeks' in span) {
    if (span.weeks !== 13) query.set('weeks', String(span.weeks))
  } else {
    query.set('from', span.from)
    query.set('to', span.to)
  }
  if (!compares) query.set('alone', '1')
  for (const [name, values] of Object.entries(filters)) for (const value of values) query.append(name, value)
  if (listed) {
    query.set('list', listed.measure)
    if (listed.only) query.set('only', listed.only)
    for (const [name, values] of Object.entries(listed.at))
      for (const value of values) query.append(`at.${name}`, value)
  }
  const text = query.toString()
  return `#/${tab}${text === '' ? '' : `?${text}`}`
}

/** What is missing or unknown in an address is as it is at first. */
export function readView(hash: string): View {
  const [, path = '', text = ''] = /^#\/([a-z]*)\??(.*)$/s.exec(hash) ?? []
  const query = new URLSearchParams(text)
  const tab = TABS.find((one) => one === path) ?? FIRST_VIEW.tab
  const weeks = Number(query.get('weeks'))
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  const span: Span =
    DAY.test(from) && DAY.test(to) && from <= to
      ? { from, to }
      : { weeks: Number.isInteger(weeks) && weeks > 0 && weeks <= 104 ? weeks : 13 }
  const measure = MEASURES.find((one) => one === query.get('list'))
  const only = (['hits', 'misses', 'open'] as const).find((one) => one === query.get('only')) ?? null
  return {
    ...{ tab, span, compares: !query.has('alone'), filters: filtersIn(query, '') },
    listed: measure ? { measure, at: filtersIn(query, 'at.'), only } : null,
  }
}

function filtersIn(query: URLSearchParams, prefix: string): Filters {
  const found = REPORT_DIMENSIONS.map((name) => [name, query.getAll(prefix + name)] as const)
  return Object.fromEntries(found.filter(([, values]) => values.length > 0))
}

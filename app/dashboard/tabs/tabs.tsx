import type { ComponentType } from 'react'
import { BriefingPage } from '../briefing/BriefingPage.tsx'
import { DeflectionPage } from '../deflection/DeflectionPage.tsx'
import { NowPage } from '../now/NowPage.tsx'
import { PeoplePage } from '../people/PeoplePage.tsx'
import { ReviewsPage } from '../reviews/ReviewsPage.tsx'
import type { Person } from '../start.ts'
import type { TabId } from '../view/view.ts'
import { EngineeringPage, SlaPage, TrendsPage } from './report-pages.tsx'

export type Tab = {
  id: TabId
  Page: ComponentType<{ person: Person }>
  /** Whether it is of a window; else of this moment. */
  hasWindow: boolean
  /** Not for agents: it names people. */
  isForLeads?: true
}

const TABS: readonly Tab[] = [
  { id: 'now', Page: NowPage, hasWindow: false },
  { id: 'trends', Page: TrendsPage, hasWindow: true },
  { id: 'sla', Page: SlaPage, hasWindow: true },
  { id: 'engineering', Page: EngineeringPage, hasWindow: true },
  { id: 'people', Page: PeoplePage, hasWindow: true, isForLeads: true },
  { id: 'deflection', Page: DeflectionPage, hasWindow: true, isForLeads: true },
  { id: 'reviews', Page: ReviewsPage, hasWindow: false, isForLeads: true },
  { id: 'briefing', Page: BriefingPage, hasWindow: true },
]

/** The parts that somebody of this role sees. */
export function tabsFor(role: Person['role']): readonly Tab[] {
  return TABS.filter(({ isForLeads }) => !isForLeads || role !== 'agent')
}

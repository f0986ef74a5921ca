import { Debts } from './Debts.tsx'
import { Opportunities } from './Opportunities.tsx'

/** What need not have been escalated, and what is still owed to the knowledge base so that it will not be. For those who lead. */
export function DeflectionPage() {
  return (
    <>
      <Opportunities />
      <Debts />
    </>
  )
}

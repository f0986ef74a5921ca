import { Monthly } from './Monthly.tsx'
import { Posts } from './Posts.tsx'
import { Weekly } from './Weekly.tsx'

/** What is looked at together: the backlog each week, reasons each month, and what was grave once it is over. */
export function ReviewsPage() {
  return (
    <>
      <Weekly />
      <Posts />
      <Monthly />
    </>
  )
}

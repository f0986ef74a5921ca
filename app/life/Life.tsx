import { useRef } from 'react'
import { Stack } from '../ui/layout.tsx'
import { Actions } from './Actions.tsx'
import { ArticleDrafts } from './ArticleDrafts.tsx'
import { CustomerPromise } from './CustomerPromise.tsx'
import { isReceiver, type LifeDesk } from './desk.ts'
import { Standing } from './Standing.tsx'

export { HadToAsk } from './HadToAsk.tsx'
export { Top } from './Top.tsx'

/** What is to be done and how it stands: loaded only where there is an escalation. */
export function Life({ desk }: { desk: LifeDesk }) {
  const changedRef = useRef<HTMLHeadingElement>(null)
  const actions = <Actions key="actions" desk={desk} changedRef={changedRef} />
  const standing = <Standing key="standing" life={desk.escalation.life} headingRef={changedRef} />
  return (
    <Stack $gap={16}>
      <CustomerPromise desk={desk} />
      {isReceiver(desk.escalation) ? [actions, standing] : [standing, actions]}
      {desk.escalation.life.resolution && <ArticleDrafts desk={desk} />}
    </Stack>
  )
}

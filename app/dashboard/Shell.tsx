import { getColor } from '@zendeskgarden/react-theming'
import { useEffect, useMemo, useRef } from 'react'
import { styled } from 'styled-components'
import { useFormats } from '../i18n/text.tsx'
import { useNow } from '../ui/use-now.ts'
import { Header } from './Header.tsx'
import { List } from './list/List.tsx'
import { Rescue } from './Rescue.tsx'
import type { Person } from './start.ts'
import { Tabs } from './Tabs.tsx'
import { tabsFor } from './tabs/tabs.tsx'
import { useDeskText } from './use-desk-text.ts'
import { useView } from './view/use-view.ts'
import { WindowContext } from './view/use-window.ts'
import { windowOf } from './view/window.ts'

const LOOK_MS = 60_000

/** What is around every part of the page: what it shows, of when and of what, and where else to go. */
export function Shell({ person }: { person: Person }) {
  const text = useDeskText()
  const { view } = useView()
  const { timeZone } = useFormats()
  const now = useNow(LOOK_MS)
  const tabs = tabsFor(person.role)
  const tab = tabs.find(({ id }) => id === view.tab) ?? tabs[0]!
  const { from, to } = windowOf(view.span, now, timeZone)
  const window = useMemo(() => ({ from, to, zone: timeZone }), [from, to, timeZone])
  const heading = useHeadingFocus(`${tab.id} ${view.listed ? 'list' : ''}`)
  const title = text(`tab.${tab.id}`)

  useEffect(() => {
    document.title = `${title} · Baton`
  }, [title])

  return (
    <WindowContext value={window}>
      <Around>
        <Header person={person} hasWindow={tab.hasWindow || view.listed !== null} />
        <Tabs tabs={tabs} current={tab.id} />
        <Main ref={heading} tabIndex={-1} aria-label={title}>
          <Rescue key={tab.id}>{view.listed ? <List listed={view.listed} /> : <tab.Page person={person} />}</Rescue>
        </Main>
      </Around>
    </WindowContext>
  )
}

/** After somebody went elsewhere the keyboard goes on there, and a screen reader says where that is. */
function useHeadingFocus(place: string) {
  const main = useRef<HTMLElement>(null)
  const before = useRef(place)
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    main.current?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }, [place])
  return main
}

const Around = styled.div`
  min-height: 100vh;
  font-size: 14px;
  line-height: 20px;
  overflow-wrap: anywhere;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.subtle' })};

  @media print {
    min-height: 0;
    background: none;
  }
`

const Main = styled.main`
  display: flex;
  flex-direction: column;
  gap: 20px;
  max-width: 1440px;
  margin: 0 auto;
  padding: 16px 20px 40px;

  &:focus {
    outline: none;
  }

  @media (max-width: 600px) {
    padding: 12px 12px 32px;
  }

  @media print {
    padding: 0;
  }
`

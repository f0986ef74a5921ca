import type { MouseEvent, ReactNode } from 'react'
import { useView } from '../view/use-view.ts'
import type { View } from '../view/view.ts'
import { TextLink } from './Textual.tsx'

type ViewLinkProps = {
  to: Partial<View>
  label?: string
  children: ReactNode
  as?: typeof TextLink
  isCurrent?: boolean
}

/** A link to another view of the page; a plain link for whoever opens it elsewhere. */
export function ViewLink({ to, label, children, as: Link = TextLink, isCurrent }: ViewLinkProps) {
  const { go, address } = useView()

  function follow(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(to)
  }

  return (
    <Link href={address(to)} aria-label={label} aria-current={isCurrent ? 'page' : undefined} onClick={follow}>
      {children}
    </Link>
  )
}

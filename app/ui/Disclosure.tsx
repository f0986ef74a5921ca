import { getColor } from '@zendeskgarden/react-theming'
import type { ReactNode } from 'react'
import { styled } from 'styled-components'

type DisclosureProps = {
  summary: ReactNode
  isOpen?: boolean
  /** What is inside begins where the line begins. */
  isFlush?: boolean
  onToggle?: (isOpen: boolean) => void
  children: ReactNode
}

/** Something folded away under one line. Native, so keyboard, screen reader and find-in-page work by themselves. */
export function Disclosure({ summary, isOpen = false, isFlush = false, onToggle, children }: DisclosureProps) {
  return (
    <Details open={isOpen} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <Summary>
        <Chevron aria-hidden="true" viewBox="0 0 12 12" width="12" height="12">
          <path fill="none" stroke="currentColor" strokeLinecap="round" d="M4 2l4 4-4 4" />
        </Chevron>
        {summary}
      </Summary>
      <Inside $isFlush={isFlush}>{children}</Inside>
    </Details>
  )
}

const Chevron = styled.svg`
  flex: none;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
  transition: transform 0.15s ease-in-out;

  @media (prefers-reduced-motion: reduce) {
    transition: none;
  }
`

const Details = styled.details`
  min-width: 0;

  &[open] > summary > ${Chevron} {
    transform: rotate(90deg);
  }
`

const Summary = styled.summary`
  display: flex;
  align-items: center;
  gap: 6px;
  padding: 2px 0;
  list-style: none;
  cursor: pointer;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};

  &::-webkit-details-marker {
    display: none;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 2px;
  }
`

const Inside = styled.div<{ $isFlush: boolean }>`
  padding: 6px 0 4px ${({ $isFlush }) => ($isFlush ? 0 : 18)}px;
`

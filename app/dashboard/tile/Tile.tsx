import { IconButton } from '@zendeskgarden/react-buttons'
import { getColor } from '@zendeskgarden/react-theming'
import { type ReactNode, useId, useState } from 'react'
import { styled } from 'styled-components'
import { useDeskText } from '../use-desk-text.ts'

type TileProps = {
  title: string
  /** What there is to know about the figure: definition, window, denominator, exclusions. */
  about?: ReactNode
  /** Takes the whole line. */
  isWide?: boolean
  /** Where it leads: tickets, a file. */
  foot?: ReactNode
  isBusy?: boolean
  children: ReactNode
}

/** One figure or chart with its name, and what it means behind a button. */
export function Tile({ title, about, isWide = false, foot, isBusy = false, children }: TileProps) {
  const text = useDeskText()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <Card aria-labelledby={`${id}-title`} aria-busy={isBusy} $isWide={isWide}>
      <Head>
        <Name id={`${id}-title`}>{title}</Name>
        {about && (
          <IconButton
            size="small"
            aria-label={text('tile.about', { title })}
            aria-expanded={isOpen}
            aria-controls={`${id}-about`}
            onClick={() => setOpen(!isOpen)}
          >
            <InfoIcon />
          </IconButton>
        )}
      </Head>
      {about && (
        <About id={`${id}-about`} hidden={!isOpen}>
          {about}
        </About>
      )}
      {children}
      {foot && <Foot>{foot}</Foot>}
    </Card>
  )
}

function InfoIcon() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" />
      <path stroke="currentColor" strokeLinecap="round" strokeWidth="1.5" d="M8 7.5v4M8 4.6v.1" />
    </svg>
  )
}

/** As many tiles beside each other as there is room for. */
export const Tiles = styled.div<{ $least?: number }>`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, ${({ $least = 180 }) => $least}px), 1fr));
  gap: 12px;
`

const Card = styled.article<{ $isWide: boolean }>`
  display: flex;
  flex-direction: column;
  gap: 6px;
  min-width: 0;
  padding: 12px 16px;
  grid-column: ${({ $isWide }) => ($isWide ? '1 / -1' : 'auto')};
  container-type: inline-size;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  border-radius: ${({ theme }) => theme.borderRadii.lg};
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};

  @media print {
    break-inside: avoid;
  }
`

const Head = styled.div`
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 8px;
  min-height: 32px;

  @media print {
    button {
      display: none;
    }
  }
`

const Name = styled.h3`
  margin: 0;
  font-size: 14px;
  line-height: 20px;
  font-weight: 600;
`

const About = styled.div`
  padding: 8px 12px;
  font-size: 12px;
  line-height: 16px;
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${({ theme }) => getColor({ theme, variable: 'background.subtle' })};
`

const Foot = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 16px;
  margin-top: auto;
  padding-top: 4px;
  font-size: 12px;

  @media print {
    display: none;
  }
`

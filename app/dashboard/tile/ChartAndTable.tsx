import { getColor } from '@zendeskgarden/react-theming'
import { type ReactNode, Suspense, useState } from 'react'
import { styled } from 'styled-components'
import { Quiet } from '../../ui/layout.tsx'
import { useDeskText } from '../use-desk-text.ts'

type ChartAndTableProps = {
  title: string
  chart: ReactNode
  table: ReactNode
  height?: number
  /** How to read the chart, where its forms do not say so by themselves. */
  note?: string | undefined
}

/** A chart and its values: beside each other where there is room, else one or the other. */
export function ChartAndTable({ title, chart, table, height = 200, note }: ChartAndTableProps) {
  const text = useDeskText()
  const [shown, setShown] = useState<'chart' | 'table'>('chart')
  return (
    <>
      <Choice role="group" aria-label={text('chart.shown', { title })}>
        {(['chart', 'table'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={shown === one} onClick={() => setShown(one)}>
            {text(`chart.${one}`)}
          </button>
        ))}
      </Choice>
      <Both>
        <Half $isShown={shown === 'chart'}>
          <Suspense fallback={<div style={{ height }} />}>{chart}</Suspense>
          {note && <Quiet>{note}</Quiet>}
        </Half>
        <Half $isShown={shown === 'table'}>{table}</Half>
      </Both>
    </>
  )
}

const WIDE = '680px'

const Choice = styled.div`
  display: inline-flex;
  align-self: flex-start;
  overflow: hidden;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  border-radius: ${({ theme }) => theme.borderRadii.md};

  button {
    padding: 3px 10px;
    font: inherit;
    font-size: 12px;
    line-height: 18px;
    cursor: pointer;
    border: 0;
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
    background: transparent;
  }

  button[aria-pressed='true'] {
    font-weight: 600;
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.onEmphasis' })};
    background: ${({ theme }) => getColor({ theme, variable: 'background.emphasis' })};
  }

  button:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: -3px;
  }

  @container (min-width: ${WIDE}) {
    display: none;
  }

  @media print {
    display: none;
  }
`

const Both = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 20px;

  @container (min-width: ${WIDE}) {
    grid-template-columns: minmax(0, 3fr) minmax(240px, 2fr);
  }
`

const Half = styled.div<{ $isShown: boolean }>`
  display: ${({ $isShown }) => ($isShown ? 'block' : 'none')};
  min-width: 0;

  @container (min-width: ${WIDE}) {
    display: block;
  }
`

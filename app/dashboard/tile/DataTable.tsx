import { getColor } from '@zendeskgarden/react-theming'
import type { ReactNode } from 'react'
import { css, styled } from 'styled-components'
import { HiddenText } from '../../ui/HiddenText.tsx'

export type Column = { name: ReactNode; isNumber?: boolean; sort?: 'ascending' | 'descending' | undefined }

type DataTableProps = {
  caption: string
  columns: readonly Column[]
  /** The first cell of each names the row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  /** Scrolls inside itself when it is taller. */
  mostHeight?: number
  /** Where it is narrow the cells of a row stand below each other; they must speak for themselves. */
  stacks?: boolean
}

/** The values themselves, for whoever would rather read than look. */
export function DataTable({ caption, columns, rows, mostHeight, stacks = false }: DataTableProps) {
  return (
    // It scrolls, so the keyboard must reach it.
    <Scroll
      $stacks={stacks}
      role="group"
      aria-label={caption}
      tabIndex={0}
      style={mostHeight ? { maxHeight: mostHeight } : undefined}
    >
      <table>
        <caption>
          <HiddenText>{caption}</HiddenText>
        </caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber, sort }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
              <th key={index} scope="col" data-number={isNumber} aria-sort={sort}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => {
                const Cell = index === 0 ? 'th' : 'td'
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells keep their place
                  <Cell key={index} data-number={columns[index]?.isNumber} {...(index === 0 ? { scope: 'row' } : {})}>
                    {cell}
                  </Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const stacked = css`
  @container (max-width: 640px) {
    thead {
      display: none;
    }

    tbody tr {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      padding: 8px 0;
      border-bottom: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
    }

    tbody th,
    tbody td {
      padding: 0;
      border: 0;
    }

    tbody th:first-child,
    tbody td:nth-child(2) {
      flex-basis: 100%;
    }
  }
`

const Scroll = styled.div<{ $stacks: boolean }>`
  position: relative;
  min-width: 0;
  overflow: auto;
  border-radius: ${({ theme }) => theme.borderRadii.sm};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 2px;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 12px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: 5px 8px;
    text-align: start;
    vertical-align: top;
    font-weight: 400;
    border-bottom: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.subtle' })};
  }

  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }

  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    white-space: nowrap;
    font-weight: 600;
    background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};
  }

  [data-number='true'] {
    text-align: end;
    white-space: nowrap;
  }

  ${({ $stacks }) => $stacks && stacked}

  @media print {
    overflow: visible;
    max-height: none !important;
  }
`

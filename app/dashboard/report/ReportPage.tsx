import { useMemo } from 'react'
import { styled } from 'styled-components'
import type { MeasureId, ReportDimension } from '../../../core/contract/report.ts'
import { Tiles } from '../tile/Tile.tsx'
import { useDeskText } from '../use-desk-text.ts'
import { AsOf } from './AsOf.tsx'
import { BacklogTile } from './BacklogTile.tsx'
import { BarsTile } from './BarsTile.tsx'
import { CourseTile } from './CourseTile.tsx'
import { FigureTile } from './FigureTile.tsx'
import { HoursTile } from './HoursTile.tsx'
import { SpreadTile } from './SpreadTile.tsx'
import { StackTile } from './StackTile.tsx'
import type { ReportQuery } from './use-report.ts'

export type TileSpec =
  | { kind: 'course'; measure: MeasureId }
  | { kind: 'stack'; by: ReportDimension }
  | { kind: 'hours' }
  | { kind: 'backlog' }
  | { kind: 'bars' | 'spread'; measure: MeasureId; by: ReportDimension }

export type Section = {
  id: 'volume' | 'handing-over' | 'attainment' | 'engineering'
  /** Figures of the whole window, side by side. */
  figures: readonly MeasureId[]
  tiles: readonly TileSpec[]
}

/** Figures, then what they are made of. What is broken down the same way comes with one request. */
export function ReportPage({ sections }: { sections: readonly Section[] }) {
  const text = useDeskText()
  const queries = useMemo(() => queriesOf(sections), [sections])
  const weekly = queries.get('week')!
  return (
    <>
      {sections.map(({ id, figures, tiles }) => (
        <Part key={id} aria-labelledby={`section-${id}`}>
          <h2 id={`section-${id}`}>{text(`section.${id}`)}</h2>
          <Tiles $least={185}>
            {figures.map((measure) => (
              <FigureTile key={measure} measure={measure} query={weekly} />
            ))}
          </Tiles>
          <Tiles $least={460}>
            {tiles.map((tile) => {
              const key = Object.values(tile).join(' ')
              if (tile.kind === 'course') return <CourseTile key={key} measure={tile.measure} query={weekly} />
              if (tile.kind === 'hours') return <HoursTile key={key} />
              if (tile.kind === 'backlog') return <BacklogTile key={key} />
              if (tile.kind === 'stack') return <StackTile key={key} query={queries.get(`week,${tile.by}`)!} />
              const query = queries.get(tile.by)!
              return tile.kind === 'bars' ? (
                <BarsTile key={key} measure={tile.measure} query={query} />
              ) : (
                <SpreadTile key={key} measure={tile.measure} query={query} />
              )
            })}
          </Tiles>
        </Part>
      ))}
      <AsOf query={weekly} />
    </>
  )
}

/** By what it is broken down by: everything that is asked for with that. */
function queriesOf(sections: readonly Section[]): Map<string, ReportQuery> {
  const queries = new Map<string, { measures: MeasureId[]; by: ReportDimension[] }>()
  const ask = (by: ReportDimension[], measure: MeasureId) => {
    const query = queries.get(by.join()) ?? { measures: [], by }
    if (!query.measures.includes(measure)) query.measures.push(measure)
    queries.set(by.join(), query)
  }
  for (const { figures, tiles } of sections) {
    for (const measure of figures) ask(['week'], measure)
    for (const tile of tiles) {
      if (tile.kind === 'course') ask(['week'], tile.measure)
      else if (tile.kind === 'stack') ask(['week', tile.by], 'escalations')
      else if (tile.kind === 'bars' || tile.kind === 'spread') ask([tile.by], tile.measure)
    }
  }
  return queries
}

export const Part = styled.section`
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-width: 0;

  > h2 {
    margin: 0;
    font-size: 16px;
    line-height: 24px;
    font-weight: 600;
  }
`

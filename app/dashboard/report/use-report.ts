import { useMemo } from 'react'
import { type MeasureId, Report, type ReportDimension, type ReportRequest } from '../../../core/contract/report.ts'
import type { ShapeRequest } from '../../../core/contract/shape.ts'
import { type Reading, useAnswer } from '../api/use-answer.ts'
import { useView } from '../view/use-view.ts'
import { useWindow } from '../view/use-window.ts'
import type { Listed, View } from '../view/view.ts'

export type ReportQuery = { measures: readonly MeasureId[]; by: readonly ReportDimension[] }

/** A report on the window and within the filters of the view. */
export function useReport(query: ReportQuery): Reading<Report> {
  return useAnswer(useReportPath('/desk/reports', query), Report)
}

export function useReportPath(route: '/desk/reports' | '/desk/reports.csv', { measures, by }: ReportQuery): string {
  const { view } = useView()
  const window = useWindow()
  return useMemo(() => {
    const request = { ...window, measures: [...measures], by: [...by], filters: view.filters } satisfies ReportRequest
    return `${route}?q=${encodeURIComponent(JSON.stringify(request))}`
  }, [route, measures, by, window, view.filters])
}

/** Where the shape of a measure is asked for: how it is spread, or when in the week it comes. */
export function useShapePath(route: '/desk/spread' | '/desk/hours', measure: MeasureId): string {
  const { view } = useView()
  const window = useWindow()
  return useMemo(() => {
    const request = { ...window, measure, filters: view.filters } satisfies ShapeRequest
    return `${route}?q=${encodeURIComponent(JSON.stringify(request))}`
  }, [route, measure, window, view.filters])
}

/** What a list of tickets is asked for with; what a part adds narrows what the view is narrowed to already. */
export function narrowed(filters: View['filters'], { at }: Listed): View['filters'] {
  return { ...filters, ...at }
}

import { lazy } from 'react'

// Charts come after the figures: who only reads those never waits for them.
export const LineChart = lazy(async () => ({ default: (await import('./all.ts')).LineChart }))
export const StackedBars = lazy(async () => ({ default: (await import('./all.ts')).StackedBars }))
export const Ecdf = lazy(async () => ({ default: (await import('./all.ts')).Ecdf }))
export const IntervalBars = lazy(async () => ({ default: (await import('./all.ts')).IntervalBars }))
export const HeatMap = lazy(async () => ({ default: (await import('./all.ts')).HeatMap }))
export const Sparkline = lazy(async () => ({ default: (await import('./all.ts')).Sparkline }))

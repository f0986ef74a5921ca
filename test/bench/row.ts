/** One line of the bench's table. */
export type BenchRow = {
  what: string
  /** Input sizes, in words. */
  size: string
  /** What was measured, with its unit. */
  result: string
  /** What it is compared with, measured in the same run; empty for a plain limit. */
  reference: string
  /** Result by reference, in words where there is a limit to tell, such as `0.72 (at least 0.65)`. */
  ratio: number | string
}

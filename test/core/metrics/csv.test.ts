import { describe, expect, it } from 'vitest'
import { csvOf } from '../../../core/metrics/csv.ts'

describe('csvOf', () => {
  it('quotes what would end a cell, and ends lines as RFC 4180 asks', () => {
    expect(csvOf([['plain', 'a,b', 'say "no"', 'two\nlines', 1.5, null]])).toBe(
      'plain,"a,b","say ""no""","two\nlines",1.5,\r\n',
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '=1,"x"'])('lets a spreadsheet run nothing of %j', (text) => {
    expect(csvOf([[text]])).toMatch(/^"?'/)
  })

  it('leaves negative numbers numbers', () => expect(csvOf([[-0.5]])).toBe('-0.5\r\n'))
})

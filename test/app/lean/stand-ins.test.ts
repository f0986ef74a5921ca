import fc from 'fast-check'
// @ts-expect-error it brings no types
import lodashGet from 'lodash.get'
// @ts-expect-error it brings no types
import lodashMemoize from 'lodash.memoize'
import { describe, expect, it } from 'vitest'
import get from '../../../app/lean/get.ts'
import memoize from '../../../app/lean/memoize.ts'

const theme = { palette: { blue: { 700: '#1f73b7' }, list: ['a', { b: 'c' }] }, empty: null }

describe('what stands in for a package', () => {
  it.each([
    'palette',
    'palette.blue',
    'palette.blue.700',
    'palette.list[1].b',
    'empty.more',
    'none.at.all',
    'palette.none',
  ])('finds the same as lodash.get at %s', (path) => {
    expect(get(theme, path)).toEqual(lodashGet(theme, path))
  })

  it('answers as lodash.memoize does, and asks as often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', undefined), fc.nat(2))),
        fc.boolean(),
        (calls, hasKey) => {
          const [ours, theirs] = [memoize, lodashMemoize].map((kind) => {
            let asked = 0
            const keyOf = hasKey ? (name: string | undefined, count: number) => `${name} ${count}` : undefined
            const keep = (kind as typeof memoize)((name: string | undefined, count: number) => {
              asked += 1
              return `${name} ${count}`
            }, keyOf)
            const answers = calls.map(([name, count]) => keep(name, count))
            return { answers, asked }
          })
          expect(ours).toEqual(theirs)
        },
      ),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { liquidProblem, renderLiquid } from './liquid.ts'

describe('renderLiquid', () => {
  const values = { ticket: { id: '7', title: 'A "quoted"\nsubject' } }

  it.each([
    ['{{ticket.id}}', '7'],
    ['{{ ticket.id }}', '7'],
    ['{{ticket.nothing}}', ''],
    ['{{nothing.at.all}}', ''],
    ['{{ticket.title}}', 'A "quoted"\nsubject'],
    ['{{ticket.id | json}}', '7'],
    ['{% if ticket.id == "7" %}yes{% endif %}', 'yes'],
    ['{{ticket.title | upcase}}', 'A "QUOTED"\nSUBJECT'],
    ['no placeholder', 'no placeholder'],
  ])('renders %j as %j', (template, text) => {
    expect(renderLiquid(template, values)).toBe(text)
  })

  it('lets a quote break a JSON payload, as Zendesk does', () => {
    expect(() => JSON.parse(renderLiquid('{"title":"{{ticket.title}}"}', values))).toThrow(SyntaxError)
  })

  it('reads no files', () => {
    expect(() => renderLiquid('{% include "package.json" %}', values)).toThrow()
  })

  it('reaches no prototype', () => {
    expect(renderLiquid('{{ticket.constructor.name}}', values)).toBe('')
  })
})

describe('liquidProblem', () => {
  it('is null for Liquid and says what is wrong otherwise', () => {
    expect(liquidProblem('{{ticket.id}}')).toBeNull()
    expect(liquidProblem('{% if %')).toContain('Liquid syntax error')
  })
})

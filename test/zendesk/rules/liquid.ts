import { Liquid } from 'liquidjs'

/** The most a rendered payload may hold. Source: webhooks API, "placeholder payload limit". */
export const MAX_PAYLOAD_CHARACTERS = 16_000

/**
 * Zendesk's Liquid: unknown placeholders and filters say nothing, nothing is escaped, no files are read.
 *
 * That values go in unescaped is Zendesk's way: a quote in a subject breaks a JSON payload, and tests should see it.
 */
const engine = new Liquid({
  strictVariables: false,
  strictFilters: false,
  ownPropertyOnly: true,
  templates: {},
  renderLimit: 1000,
  memoryLimit: 1e7,
})
// liquidjs adds this one; Zendesk does not offer it.
for (const name of ['json', 'jsonify', 'inspect', 'raw']) delete (engine.filters as Record<string, unknown>)[name]

/** @throws when the template is not Liquid */
export function renderLiquid(template: string, values: Record<string, unknown>): string {
  return String(engine.parseAndRenderSync(template, values))
}

/** What is wrong with a template, or null. */
export function liquidProblem(template: string): string | null {
  try {
    engine.parse(template)
    return null
  } catch (error) {
    return `Liquid syntax error: ${(error as Error).message.split('\n')[0]}`
  }
}

import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

export function operation(operationId: string, summary: string, responses: Record<string, unknown>): JsonSchema {
  return { operationId, summary, responses }
}

export function parameter(name: string, schema: JsonSchema, description: string): JsonSchema {
  return { name, in: 'path', required: true, schema, description }
}

export function optional(where: 'query' | 'header', name: string, schema: JsonSchema, description: string): JsonSchema {
  return { name, in: where, required: false, schema, description }
}

export function refusals(words: Record<number, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(words).map(([status, words]) => [status, json(words, 'ApiError')]))
}

export function text(description: string): JsonSchema {
  return { description, content: { 'text/plain': { schema: { type: 'string' } } } }
}

/** @param name of one of the document's schemas */
export function json(description: string, name: string, examples?: Record<string, unknown>): JsonSchema {
  return { description, content: content(reference(name), examples) }
}

export function content(schema: JsonSchema, examples: Record<string, unknown> = {}): JsonSchema {
  const named = Object.entries(examples).map(([name, value]) => [name, { value }])
  return { 'application/json': { schema, ...(named.length > 0 && { examples: Object.fromEntries(named) }) } }
}

export function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

export function toSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  return rest
}

import { z } from 'zod'
import type { Path } from './problems.ts'

/** The keys a schema knows at a path; empty where it knows none by name. */
export function knownKeys(schema: z.ZodType, path: Path): string[] {
  const there = path.reduce<z.ZodType | null>((found, step) => (found ? inside(found, step) : null), schema)
  const object = there && unwrap(there)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function inside(schema: z.ZodType, step: string | number): z.ZodType | null {
  const plain = unwrap(schema)
  if (plain instanceof z.ZodObject) return (plain.shape[step] as z.ZodType | undefined) ?? null
  if (plain instanceof z.ZodArray) return plain.element as z.ZodType
  if (plain instanceof z.ZodRecord) return plain.valueType as z.ZodType
  return null
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap() as z.ZodType)
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.out as z.ZodType) : schema
}

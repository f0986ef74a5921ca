import type { AxiosInstance, AxiosResponse } from 'axios'
import type { z } from 'zod'
import type { Lane } from './budget.ts'
import { ZendeskError } from './error.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
export type Call = <T>(method: Method, path: string, body: unknown, schema: z.ZodType<T>) => Promise<T>

/** Makes a call and keeps of the answer what `schema` asks for; an answer of another shape counts as none. */
export function createCall(http: AxiosInstance, lane: Lane): Call {
  return async (method, path, body, schema) => {
    const response = await http.request({ method, url: path, lane, ...(body !== undefined && { data: body }) })
    return parseAnswer(method, path, response, schema)
  }
}

export function parseAnswer<T>(method: Method, path: string, { data, status }: AxiosResponse, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ZendeskError(
    'unavailable',
    `${method.toUpperCase()} ${path.split('?')[0]} answered ${status} without a usable '${where}'`,
    { reason: 'unexpected-answer', status },
  )
}

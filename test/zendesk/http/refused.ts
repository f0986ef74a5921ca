import { forbidden, type Refusal, recordNotFound } from '../oauth/refusals.ts'

/** Thrown anywhere below a route; the server's last middleware sends the refusal it carries. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(`${refusal.status} ${JSON.stringify(refusal.body)}`)
    this.refusal = refusal
  }
}

export function notFound(): Refused {
  return new Refused(recordNotFound)
}

export function notAllowed(): Refused {
  return new Refused(forbidden)
}

/** A path or query parameter that is not what the endpoint takes. */
export function badParameter(name: string, endpoint: string, need = 'an integer'): Refused {
  const message = `You passed an invalid value for the ${name} attribute. Invalid parameter: ${name} must be ${need} from ${endpoint}`
  return new Refused({ status: 400, body: { error: { title: 'Invalid attribute', message } } })
}

/** A body that lacks its root key: `{"ticket": …}` was expected. */
export function missingParameter(name: string): Refused {
  const message = `Parameter ${name} is required`
  return new Refused({ status: 400, body: { error: { title: 'Invalid attribute', message } } })
}

export function tooManyValues(most: number): Refused {
  const description = `Parameter  cannot specify more than ${most} values`
  return new Refused({ status: 400, body: { error: 'TooManyValues', description, max_count: most } })
}

/** One line of a 422's `details`. */
export type Problem = { description: string; error?: string; ticket_field_id?: number; ticket_field_type?: string }

/** What is wrong with a record, by field; `base` for what belongs to no single field. */
export type Problems = Record<string, Problem[]>

export function addProblem(problems: Problems, field: string, problem: Problem | string): void {
  problems[field] ??= []
  problems[field].push(typeof problem === 'string' ? { description: problem } : problem)
}

/** @throws {Refused} 422 when there is any problem: the whole write is refused */
export function refuseIfAny(problems: Problems): void {
  if (Object.keys(problems).length === 0) return
  const body = { error: 'RecordInvalid', description: 'Record validation errors', details: problems }
  throw new Refused({ status: 422, body })
}

import busboy from 'busboy'
import type { Request } from 'express'
import { MAX_ZIP_BYTES } from './package.ts'

/** The bytes of a multipart request's file field, or null when it has none. One byte over the zip limit is kept, no more. */
export function readFileField(req: Request, field: string): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy
    try {
      parser = busboy({ headers: req.headers, limits: { fileSize: MAX_ZIP_BYTES + 1, files: 2 } })
    } catch {
      // Not multipart at all.
      return resolve(null)
    }
    let found: Buffer | null = null
    parser.on('file', (name, stream) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (name === field) found = Buffer.concat(parts)
      })
    })
    parser.on('error', reject)
    parser.on('close', () => resolve(found))
    req.pipe(parser)
  })
}

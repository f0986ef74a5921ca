import express, { Router } from 'express'
import { DAY_MS } from '../../../core/units.ts'
import { allow } from '../http/allow.ts'
import { readId } from '../http/parameters.ts'
import { missingParameter, notFound } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import type { Attachment, Upload } from '../state/model.ts'
import type { World } from '../world.ts'
import { presentAttachment } from './present.ts'

/** Recorded answers expire after three days; the documentation promises 60 minutes. */
const KEPT_MS = 3 * DAY_MS

/** Files that wait for a comment. Source: …/api-reference/ticketing/tickets/ticket-attachments/ */
export function uploadRoutes(world: World): Router {
  const router = Router()
  const files = allow(world, 'tickets')
  const raw = express.raw({ type: () => true, limit: '50mb' })

  router.post('/api/v2/uploads', files, raw, (req, res) => {
    const { filename, token } = req.query
    if (typeof filename !== 'string' || filename === '') throw missingParameter('filename')
    const body: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
    const attachment: Attachment = {
      id: world.nextId('attachment'),
      file_name: filename,
      content_type: req.get('content-type') ?? 'application/octet-stream',
      size: body.length,
      content: body.toString('base64'),
    }
    const upload: Upload = (typeof token === 'string' ? world.state.uploads[token] : undefined) ?? {
      token: world.nextToken(25),
      attachment_ids: [],
      expires_at: world.clock.now() + KEPT_MS,
    }
    world.state.attachments[attachment.id] = attachment
    world.state.uploads[upload.token] = upload
    upload.attachment_ids.push(attachment.id)

    const shown = presentAttachment(world, attachment)
    const attachments = upload.attachment_ids.map((id) => presentAttachment(world, world.state.attachments[id]!))
    const answer = { token: upload.token, expires_at: iso(upload.expires_at), attachments, attachment: shown }
    // The real answer is JSON under this content type. Source: recorded answers.
    res
      .status(201)
      .type('text/plain')
      .send(JSON.stringify({ upload: answer }))
  })

  router.delete('/api/v2/uploads/:token', files, (req, res) => {
    const upload = world.state.uploads[String(req.params.token)]
    if (!upload) throw notFound()
    for (const id of upload.attachment_ids) delete world.state.attachments[id]
    delete world.state.uploads[upload.token]
    res.status(204).end()
  })

  router.get('/api/v2/attachments/:id', files, (req, res) => {
    const attachment = world.state.attachments[readId(req, 'attachments/show')]
    if (!attachment) throw notFound()
    res.json({ attachment: presentAttachment(world, attachment) })
  })

  /** The content itself; its address is the permission. */
  router.get('/attachments/token/:id', (req, res) => {
    const attachment = world.state.attachments[readId(req, 'attachments/token')]
    if (!attachment) throw notFound()
    res.set({ 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' })
    res.type(attachment.content_type).send(Buffer.from(attachment.content, 'base64'))
  })

  return router
}

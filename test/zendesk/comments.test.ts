import { describe, expect, it } from 'vitest'
import { startSmallAccount } from './small-account.ts'
import { textOfHtml } from './tickets/comment-text.ts'
import { updateTicket } from './tickets/create.ts'

describe('a comment’s visibility', () => {
  it.each([true, false])('is the first comment’s (%s) when left out', async (isPublic) => {
    await using account = await startSmallAccount()
    const { world, ana } = account
    const { ticket } = await firstByAgent(account, isPublic)
    updateTicket(world, ana, ticket.id, { comment: { body: 'More' } })
    expect(world.state.comments[ticket.id]!.at(-1)!.public).toBe(isPublic)
  })

  it('makes a private ticket public once a public comment comes', async () => {
    await using account = await startSmallAccount()
    const { ticket } = await firstByAgent(account, false)
    expect(ticket.is_public).toBe(false)
    const answer = updateTicket(account.world, account.ana, ticket.id, { comment: { body: 'Hello', public: true } })
    expect(answer.ticket.is_public).toBe(true)
  })

  it('can be taken back, never given back', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const call = account.as(account.ana)
    const [comment] = (await call('GET', `tickets/${id}/comments`)).body.comments
    expect((await call('PUT', `tickets/${id}/comments/${comment.id}/make_private`)).status).toBe(200)
    expect((await call('GET', `tickets/${id}/comments`)).body.comments[0].public).toBe(false)
  })

  async function firstByAgent(account: Awaited<ReturnType<typeof startSmallAccount>>, isPublic: boolean) {
    const ticket = { subject: 'x', comment: { body: 'First', public: isPublic } }
    return (await account.as(account.ana)('POST', 'tickets', { ticket })).body
  }
})

describe('a comment’s HTML', () => {
  it('is sanitised and wrapped', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const html_body =
      '<p onclick="x()">Hi <b>you</b></p><script>alert(1)</script><a href="javascript:x">l</a><iframe src="//x"></iframe>'
    updateTicket(account.world, account.ana, id, { comment: { html_body, public: false } })
    const { body } = await account.as(account.ana)('GET', `tickets/${id}/comments`)
    const comment = body.comments.at(-1)
    expect(comment.html_body).toBe(
      '<div class="zd-comment" dir="auto"><p>Hi <b>you</b></p><a rel="noopener noreferrer">l</a></div>',
    )
    expect(comment.plain_body).toBe('Hi you\nl')
  })

  it('comes from a plain body without markup taking effect', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const text = 'a < b && "c"\nnext\n\n<script>'
    updateTicket(account.world, account.ana, id, { comment: { body: text } })
    const comment = account.world.state.comments[id]!.at(-1)!
    expect(comment.body).toBe(text)
    expect(comment.html_body).toBe(
      '<div class="zd-comment" dir="auto"><p dir="auto">a &lt; b &amp;&amp; &quot;c&quot;<br>next</p><p dir="auto">&lt;script&gt;</p></div>',
    )
    expect(textOfHtml(comment.html_body)).toBe('a < b && "c"\nnext\n\n<script>')
  })

  it.each([
    [65_535, 200],
    [65_536, 422],
  ])('of %i characters answers %i', async (length, status) => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const ticket = { comment: { body: 'x'.repeat(length) } }
    expect((await account.as(account.ana)('PUT', `tickets/${id}`, { ticket })).status).toBe(status)
  })

  it('is refused after 5,000 comments', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const [first] = account.world.state.comments[id]!
    account.world.state.comments[id] = Array.from({ length: 5000 }, () => first!)
    expect(() => updateTicket(account.world, account.ana, id, { comment: { body: 'one more' } })).toThrow('422')
  })
})

describe('uploads', () => {
  it('become attachments of the comment that names them, once', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const call = account.as(account.ana)
    const upload = await call('POST', 'uploads.json?filename=log.json', '{"a":1}')
    expect([upload.status, upload.headers.get('content-type')]).toEqual([201, 'text/plain; charset=utf-8'])
    const { token } = upload.body.upload
    const comment = { body: 'See', uploads: token }
    expect((await call('PUT', `tickets/${id}`, { ticket: { comment } })).status).toBe(200)
    const { body } = await call('GET', `tickets/${id}/comments`)
    const [attachment] = body.comments.at(-1).attachments
    expect(attachment).toMatchObject({ file_name: 'log.json', content_type: 'application/json', size: 7 })
    expect(await (await fetch(attachment.content_url)).text()).toBe('{"a":1}')
    expect((await call('PUT', `tickets/${id}`, { ticket: { comment } })).status).toBe(422)
  })

  it('need a file name', async () => {
    await using account = await startSmallAccount()
    expect((await account.as(account.ana)('POST', 'uploads', 'x')).status).toBe(400)
  })
})

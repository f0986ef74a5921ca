import { call } from '../api/http.ts'
import type { AppInstance } from '../zaf/instance.ts'

/** Opens a signed location in its frame: a form with the token, posted to the app's own server. Answers what calls it off. */
export function openSigned(instance: AppInstance): () => void {
  let isWanted = true
  const body = { installationId: instance.installation.id, location: instance.location }
  void call<{ token: string }>('POST', '/agent/signed-url', body).then(({ token }) => {
    if (!isWanted) return
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action: instance.src, target: instance.guid, hidden: true })
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name: 'token', value: token })
    form.append(field)
    document.body.append(form)
    form.submit()
    form.remove()
  })
  return () => {
    isWanted = false
  }
}

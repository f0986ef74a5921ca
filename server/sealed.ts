import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A sealed value cannot be opened: another key, another place, or altered bytes. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen'
}

const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts `text` with AES-256-GCM for one place: opened anywhere else, it is refused.
 *
 * @returns one byte of version, the nonce, the tag, the encrypted text
 */
export function seal(text: string, key: Buffer, place: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), encrypted])
}

/** @throws {CannotOpen} */
export function open(sealed: Buffer, key: Buffer, place: string): string {
  try {
    if (sealed[0] !== VERSION) throw new Error(`version ${sealed[0]}`)
    const iv = sealed.subarray(1, 1 + IV_BYTES)
    const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
    return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    )
  } catch (cause) {
    throw new CannotOpen('A stored secret cannot be opened. Is BATON_KEY the key it was stored with?', { cause })
  }
}

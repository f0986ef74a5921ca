import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a program sends: `baton_<account>_<id>_<secret>`. The account is there because nothing is read without one. */
export type KeyText = { accountId: number; id: string; secret: string }

const KEY = /^baton_([1-9]\d{0,14})_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/

/** A new key for an account; its secret has 256 random bits, so one round of SHA-256 keeps it. */
export function newKeyText(accountId: number): KeyText {
  return { accountId, id: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('base64url') }
}

export function writeKey({ accountId, id, secret }: KeyText): string {
  return `baton_${accountId}_${id}_${secret}`
}

/** Null for what is no key of ours. */
export function readKey(text: string): KeyText | null {
  const [, account, id, secret] = KEY.exec(text) ?? []
  return account && id && secret ? { accountId: Number(account), id, secret } : null
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest()
}

/** Takes as long whatever is wrong with it, and for a key that is not there (`hash` null). */
export function isSecretOf(secret: string, hash: Buffer | null): boolean {
  return timingSafeEqual(hashOf(secret), hash ?? NOBODYS) && hash !== null
}

const NOBODYS = Buffer.alloc(32)

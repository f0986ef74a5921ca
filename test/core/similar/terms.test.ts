import { describe, expect, it } from 'vitest'
import { stem } from '../../../core/similar/stem.ts'
import { phrasesOf, wordsOf } from '../../../core/similar/terms.ts'
import { MOST_TERMS, termsOf } from '../../../core/similar/weigh.ts'

describe('wordsOf', () => {
  it.each([
    ['forms of a word under one stem', 'Logins failed; a login fails, failing again', 'login fail login fail fail'],
    ['a name as itself and in its parts', 'getFileStatus', 'getfilestatus fil status'],
    ['capitals with a digit as one part', 'S3AInputStream', 's3ainputstream s3a input stream'],
    ['a setting by its key', 'sso.login_url', 'sso.login_url sso login url'],
    ['versions without what they are called', 'v4.1.45.Final and 2.3', '4.1.45 2.3'],
    ['codes of errors', 'AADSTS50011, ORA-00942', 'aadsts50011 ora-00942 ora 00942'],
    ['no instants, addresses or identifiers', '2026-03-06T09:00:00Z, 10:07:12.003 at 0x7ffeab 1772787600000', ''],
    ['words without their accents', 'Die Anmeldung schlägt für Müßige fehl', 'anmeldung schlagt mussig fehl'],
    ['two signs at a time where no spaces are written', '登录失败', '登录 录失 失败'],
    ['nothing in an empty text', ' …\n', ''],
  ])('finds %s', (_, text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words)
  })

  it('takes a stack trace by its exception and its frames', () => {
    const words = wordsOf('java.lang.NullPointerException\n\tat com.acme.sso.TokenStore.read(TokenStore.java:120)')
    expect(words).toEqual(
      expect.arrayContaining(['nullpointerexception', 'tokenstore', 'com.acme.sso.tokenstore.read']),
    )
  })
})

describe('stem', () => {
  it.each([
    ['stopping', 'stopped'],
    ['retry', 'retries'],
    ['compile', 'compiling'],
    ['validation', 'validate'],
    ['connection', 'connect'],
    ['exceptions', 'exception'],
  ])('is the same for %s and %s', (one, other) => {
    expect(stem(one)).toBe(stem(other))
  })

  it.each(['sso', 'log4j', 'zürich', 'status', 'saml'])('leaves %s alone', (word) => {
    expect(stem(word)).toBe(word)
  })
})

describe('phrasesOf', () => {
  it('keeps every word and every two side by side', () => {
    expect(phrasesOf('Why can I not pay?')).toEqual([
      ...['why', 'can', 'i', 'not', 'pay'],
      ...['why can', 'can i', 'i not', 'not pay'],
    ])
  })
})

describe('termsOf', () => {
  it('counts what the summary says three times, and a component apart from words', () => {
    const terms = termsOf({ summary: 'sso down', body: 'sso', component: 'sso' })
    expect(Object.fromEntries(terms)).toEqual({ sso: 4, 'component:sso': 1 })
  })

  it('lets no log drown the rest', () => {
    const errors = Array.from({ length: 5000 }, (_, at) => `word${at}x`).join(' ')
    const terms = termsOf({ summary: 'disk full', errors })
    expect(terms.size).toBeLessThanOrEqual(MOST_TERMS)
    expect(terms.get('disk')).toBe(3)
  })
})

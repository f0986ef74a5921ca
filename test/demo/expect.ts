import { expect as expectSoon } from 'playwright/test'

/** As patient as `until`: the story is also played while other tests use the machine. */
export const expect = expectSoon.configure({ timeout: 15_000 })

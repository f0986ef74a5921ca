import { createHash } from 'node:crypto'
import { PACKET_STYLE } from '../../core/packet/style.ts'

const digest = createHash('sha256').update(PACKET_STYLE).digest('base64')

/** What the packet's page may load: its own style. Nothing runs, nothing is sent anywhere. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`

/** For the answer itself; a page cannot say of itself that it is not to be framed. */
export const ANSWER_POLICY = `${PAGE_POLICY}; frame-ancestors 'none'`

import { createContext } from 'react'
import type { Zaf } from '../../zaf/client.ts'

/** Where tickets open: through Zendesk's client where the page is in Zendesk, else by their address. */
export type Place = { zaf: Zaf | null; zendeskUrl: string }

export const PlaceContext = createContext<Place>({ zaf: null, zendeskUrl: '' })

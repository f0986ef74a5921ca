import type { Session } from '../session/session.ts'

/** The people, groups and fields of the account, as the apps' paths need them. */
export type Directory = Pick<Session, 'account' | 'me' | 'agents' | 'groups' | 'memberships' | 'fields' | 'forms'>

import { may, type Permission, type Role } from './roles'
import { refuse, succeed, type Result } from '../result'

/** Who acts, in which workspace: re-read from the database for every request. */
export type Actor = {
  workspaceId: string
  userId: string
  name: string
  role: Role
}

/** The first line of every query and mutation: access is decided there, never only in a page. */
export function permit(actor: Actor, permission: Permission): Result<Actor> {
  if (may(actor.role, permission)) return succeed(actor)
  return refuse(
    'not_allowed',
    `Your role does not allow this. Ask an administrator of the workspace to change your role or to do it for you.`,
  )
}

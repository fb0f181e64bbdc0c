import { createApiKey } from '@/lib/api-keys/create-api-key'
import { getApiKey } from '@/lib/api-keys/get-api-key'
import { listApiKeys } from '@/lib/api-keys/list-api-keys'
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key'
import { saveApiKey } from '@/lib/api-keys/save-api-key'
import { changeRole } from '@/lib/people/change-role'
import { createResetLink } from '@/lib/people/create-reset-link'
import { getInvitation } from '@/lib/people/get-invitation'
import { invitePerson } from '@/lib/people/invite-person'
import { listInvitations } from '@/lib/people/list-invitations'
import { listPeople } from '@/lib/people/list-people'
import { previewRemoval } from '@/lib/people/preview-removal'
import { removePerson } from '@/lib/people/remove-person'
import { renewInvitation } from '@/lib/people/renew-invitation'
import { withdrawInvitation } from '@/lib/people/withdraw-invitation'
import { act, change, create, list, read, remove, resource, type JsonObject } from '../route'

/** People and API keys, for administrators. */

const apiKey = resource('/api-keys/{keyId}', getApiKey)
const invitation = resource('/invitations/{invitationId}', getInvitation)
const person = '/people/{userId}'

function keyFieldsOf({ name, role, limits, callOnly, expiresAt }: JsonObject): JsonObject {
  return { ...{ name, role, callOnly, expiresAt }, limits: limits && limitIdsOf(limits as Limit[]) }
}

type Limit = { kind: string; id: string }

function limitIdsOf(limits: Limit[]) {
  const ids = (kind: string) => limits.filter((limit) => limit.kind === kind).map(({ id }) => id)
  return { connectorIds: ids('connector'), instanceIds: ids('instance') }
}

export const peopleRoutes = [
  list('/people', listPeople, 'List people'),
  act(`${person}/role`, changeRole, 'Change the role of a person', { method: 'PATCH' }),
  list(`${person}/removal`, previewRemoval, 'Read what removing a person would end'),
  act(`${person}/remove`, removePerson, 'Remove a person from the workspace'),
  act(`${person}/reset-link`, createResetLink, 'Create a link with which a person chooses a new password'),
  list('/invitations', listInvitations, 'List invitations that nobody has accepted yet'),
  create('/invitations', invitePerson, invitation, 'Invite a person; the link is returned once'),
  read(invitation, 'Read an invitation'),
  act(`${invitation.path}/renew`, renewInvitation, 'Create a new link for an invitation'),
  remove(invitation, withdrawInvitation, 'Withdraw an invitation'),
  list('/api-keys', listApiKeys, 'List API keys'),
  create('/api-keys', createApiKey, apiKey, 'Create an API key; the key is returned once', {
    defaults: { limits: null, callOnly: false, expiresAt: null },
  }),
  read(apiKey, 'Read an API key'),
  change(apiKey, saveApiKey, 'Change an API key', { needsRevision: true, baseOf: keyFieldsOf }),
  act(`${apiKey.path}/revoke`, revokeApiKey, 'Revoke an API key at once'),
]

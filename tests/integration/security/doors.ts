import { explainInstance } from '@/lib/activity/explain-instance'
import { getFilterNames } from '@/lib/activity/get-filter-names'
import { listChanges } from '@/lib/activity/list-changes'
import { listFilterChoices } from '@/lib/activity/list-filter-choices'
import { getConnectorHistory } from '@/lib/activity/get-connector-history'
import { listTimeline } from '@/lib/activity/timeline/list-timeline'
import { createApiKey } from '@/lib/api-keys/create-api-key'
import { getApiKey } from '@/lib/api-keys/get-api-key'
import { listApiKeys } from '@/lib/api-keys/list-api-keys'
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key'
import { saveApiKey } from '@/lib/api-keys/save-api-key'
import { createMethod } from '@/lib/authentication-methods/create-method'
import { applyConnectorDocument } from '@/lib/imports/apply/apply-connector-document'
import { applyImport } from '@/lib/imports/apply/apply-import'
import { compareConnectorDocument } from '@/lib/imports/apply/compare-connector-document'
import { getEndpointSchemas } from '@/lib/endpoints/get-endpoint-schemas'
import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import { listImportLines } from '@/lib/imports/list-import-lines'
import { previewConnectorDocument } from '@/lib/imports/preview-connector-document'
import { readCurlCommand } from '@/lib/imports/read-curl-command'
import { importConnector } from '@/lib/imports/import-connector'
import { beginImportUpload } from '@/lib/imports/begin-import-upload'
import { cancelImport } from '@/lib/imports/cancel-import'
import { chooseImportItems } from '@/lib/imports/choose-import-items'
import { confirmImport } from '@/lib/imports/confirm-import'
import { finishImportUpload } from '@/lib/imports/finish-import-upload'
import { getImport } from '@/lib/imports/get-import'
import { getImportProgress } from '@/lib/imports/get-import-progress'
import { listImportItems } from '@/lib/imports/list-import-items'
import { listImportReport } from '@/lib/imports/list-import-report'
import { listImportTags } from '@/lib/imports/list-import-tags'
import { listImports } from '@/lib/imports/list-imports'
import { nameImport } from '@/lib/imports/name-import'
import { renameImportItem } from '@/lib/imports/rename-import-item'
import { startImport } from '@/lib/imports/start-import'
import { getImportItem } from '@/lib/imports/update/get-import-item'
import { updateFromPreset } from '@/lib/imports/update/update-from-preset'
import { receiveUpload } from '@/lib/imports/receive-upload'
import { storeImportChunk } from '@/lib/imports/store-import-chunk'
import { writeImport } from '@/lib/imports/write-import'
import { duplicateConnector } from '@/lib/imports/duplicate-connector'
import { importMethod } from '@/lib/imports/import-method'
import { getMethodDocument } from '@/lib/imports/get-method-document'
import { previewMethodDocument } from '@/lib/imports/preview-method-document'
import { replaceMethod } from '@/lib/imports/replace-method'
import { deleteMethod } from '@/lib/authentication-methods/delete-method'
import { discoverServer } from '@/lib/authentication-methods/discover-server'
import { getMethodEndpoints } from '@/lib/authentication-methods/get-method-endpoints'
import { setMethodValue } from '@/lib/authentication-methods/set-method-value'
import { getMethod } from '@/lib/authentication-methods/get-method'
import { getMethodSetup } from '@/lib/authentication-methods/get-method-setup'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import { saveMethod } from '@/lib/authentication-methods/save-method'
import { getShapeSettings } from '@/lib/flows/get-shape-settings'
import { findCallableInstance } from '@/lib/enablement/find-callable-instance'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { runShape } from '@/lib/flows/run-shape'
import { listReplacements } from '@/lib/flows/list-replacements'
import { previewReplacement } from '@/lib/flows/preview-replacement'
import { replaceInstance } from '@/lib/flows/replace-instance'
import { saveShape } from '@/lib/flows/save-shape'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { listConnectorInstances } from '@/lib/connectors/list-connector-instances'
import { createConnector } from '@/lib/connectors/create-connector'
import { disableConnector } from '@/lib/connectors/disable-connector'
import { enableConnector } from '@/lib/connectors/enable-connector'
import { deleteConnector } from '@/lib/connectors/delete-connector'
import { updateConnector } from '@/lib/connectors/update-connector'
import { getAuthorisedInstance } from '@/lib/connectors/get-authorised-instance'
import { getConnector } from '@/lib/connectors/get-connector'
import { getConnectorIcon } from '@/lib/connectors/get-connector-icon'
import { getConnectorParameters } from '@/lib/connector-parameters/get-connector-parameters'
import { saveConnectorParameters } from '@/lib/connector-parameters/save-connector-parameters'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import type { Permission } from '@/lib/domain/access/roles'
import { applyMatrix } from '@/lib/enablement/apply-matrix'
import { setEnablement } from '@/lib/enablement/set-enablement'
import { getMatrix } from '@/lib/enablement/get-matrix'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { planMatrix } from '@/lib/enablement/plan-matrix'
import { cloneEndpoint } from '@/lib/endpoints/clone-endpoint'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { createEndpoints } from '@/lib/endpoints/create-endpoints'
import { deleteEndpoint } from '@/lib/endpoints/delete-endpoint'
import { listEntityTypes } from '@/lib/endpoints/list-entity-types'
import { endpointDefaults } from '@/lib/endpoints/fields'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { addShape } from '@/lib/flows/add-shape'
import { createFlow } from '@/lib/flows/create-flow'
import { deleteFlow } from '@/lib/flows/delete-flow'
import { moveShape } from '@/lib/flows/move-shape'
import { removeShape } from '@/lib/flows/remove-shape'
import { reorderShape } from '@/lib/flows/reorder-shape'
import { updateFlow } from '@/lib/flows/update-flow'
import { getFlow } from '@/lib/flows/get-flow'
import { listFlows } from '@/lib/flows/list-flows'
import { getInvitation } from '@/lib/people/get-invitation'
import { listInstances } from '@/lib/instances/list-instances'
import { getVariable } from '@/lib/variables/get-variable'
import { getOutboundPolicy } from '@/lib/settings/get-outbound-policy'
import { getInstallation } from '@/lib/settings/get-installation'
import { getMailSettings } from '@/lib/settings/get-mail-settings'
import { listWorkers } from '@/lib/settings/list-workers'
import { getWorkspaceSettings } from '@/lib/settings/get-workspace-settings'
import { saveRetention } from '@/lib/settings/save-retention'
import { saveReturnAddresses } from '@/lib/settings/save-return-addresses'
import { sendTestMail } from '@/lib/settings/send-test-mail'
import { importCurlCommand } from '@/lib/instances/import-curl-command'
import { createInstanceWith } from '@/lib/instances/create-instance'
import { deleteInstance } from '@/lib/instances/delete-instance'
import { disableInstance } from '@/lib/instances/disable-instance'
import { enableInstance } from '@/lib/instances/enable-instance'
import { previewRevocation } from '@/lib/instances/preview-revocation'
import { revokeConnectorTokens } from '@/lib/instances/revoke-connector-tokens'
import { discardInstance } from '@/lib/instances/discard-instance'
import { countFailingInstances } from '@/lib/connectors/count-failing-instances'
import { checkInstanceName } from '@/lib/instances/check-instance-name'
import { getNewInstance } from '@/lib/instances/get-new-instance'
import { listConnectorChoices } from '@/lib/instances/list-connector-choices'
import { getInstance } from '@/lib/instances/get-instance'
import { saveInstanceWith } from '@/lib/instances/save-instance'
import { testInstance } from '@/lib/instances/test-instance'
import { completeAuthorisationWith } from '@/lib/authorisations/complete-authorisation'
import { discardPending } from '@/lib/authorisations/discard-pending'
import { cancelAuthorisationLink } from '@/lib/authorisations/links/cancel-authorisation-link'
import { continueAuthorisationLinkWith } from '@/lib/authorisations/links/continue-authorisation-link'
import { createAuthorisationLink } from '@/lib/authorisations/links/create-authorisation-link'
import { findAuthorisationLink } from '@/lib/authorisations/links/find-authorisation-link'
import { getAuthorisationLink } from '@/lib/authorisations/links/get-authorisation-link'
import { retryAuthorisation } from '@/lib/authorisations/retry-authorisation'
import type { Started } from '@/lib/authorisations/start-authorisation'
import { confirmOrigin } from '@/lib/connectors/origins/confirm-origin'
import { listPendingOrigins } from '@/lib/connectors/origins/list-pending-origins'
import { addPresetMethod } from '@/lib/imports/add-preset-method'
import { installPreset } from '@/lib/imports/install-preset'
import { listPresets } from '@/lib/imports/list-presets'
import { getRequest } from '@/lib/request-log/get-request'
import { getRequestBodies } from '@/lib/request-log/get-request-bodies'
import { countNewRequests } from '@/lib/request-log/count-new-requests'
import { listRequestGroups } from '@/lib/request-log/list-request-groups'
import { listLatestFailures } from '@/lib/request-log/list-latest-failures'
import { listRequests } from '@/lib/request-log/list-requests'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { checkInstance } from '@/lib/verification/check-instance'
import { installSandboxConnector } from '@/lib/sandbox/install-sandbox-connector'
import { getSandboxOffer } from '@/lib/sandbox/get-sandbox-offer'
import { trySandbox } from '@/lib/sandbox/try-sandbox'
import { callWithReport } from '@/lib/trials/call-with-report'
import { describeEndpoint } from '@/lib/trials/describe-endpoint'
import { getTrialEndpoint } from '@/lib/trials/get-trial-endpoint'
import { listTrialInstances } from '@/lib/trials/list-trial-instances'
import { listTrialMethods } from '@/lib/trials/list-trial-methods'
import { tryWithInstance } from '@/lib/trials/try-with-instance'
import { tryWithTypedValues } from '@/lib/trials/try-with-typed-values'
import { listFound } from '@/lib/search/list-found'
import { endOtherSessions } from '@/lib/people/end-other-sessions'
import { endSession } from '@/lib/people/end-session'
import { changePassword } from '@/lib/people/change-password'
import { changeRole } from '@/lib/people/change-role'
import { createResetLink } from '@/lib/people/create-reset-link'
import { getProfile } from '@/lib/people/get-profile'
import { invitePerson } from '@/lib/people/invite-person'
import { listInvitations } from '@/lib/people/list-invitations'
import { listOwnWorkspaces } from '@/lib/people/list-own-workspaces'
import { listPeople } from '@/lib/people/list-people'
import { previewRemoval } from '@/lib/people/preview-removal'
import { removePerson } from '@/lib/people/remove-person'
import { renewInvitation } from '@/lib/people/renew-invitation'
import { saveProfile } from '@/lib/people/save-profile'
import { switchWorkspace } from '@/lib/people/switch-workspace'
import { withdrawInvitation } from '@/lib/people/withdraw-invitation'
import { dismissFirstSteps } from '@/lib/setup/dismiss-first-steps'
import { getFirstSteps } from '@/lib/setup/get-first-steps'
import { listSessions } from '@/lib/people/list-sessions'
import { createVariables } from '@/lib/variables/create-variables'
import { createVariable } from '@/lib/variables/create-variable'
import { deleteVariable } from '@/lib/variables/delete-variable'
import { reorderVariables } from '@/lib/variables/reorder-variables'
import { updateVariable } from '@/lib/variables/update-variable'
import { listConnectorVariableUses } from '@/lib/variables/list-connector-variable-uses'
import { listRemovalQuestions } from '@/lib/variables/list-removal-questions'
import { listVariables } from '@/lib/variables/list-variables'
import { saveVariableUse } from '@/lib/variables/save-variable-use'
import { connectorDetails } from '@/tests/support/connector-builders'
import { aVariableInput } from '@/tests/support/variable-builders'
import { browserSecret, marker, type WholeWorkspace } from './whole-workspace'

/**
 * Every function of lib that acts for a person, called with the ids of a workspace, and who may call it. The access
 * tests fail if one is missing.
 */

type Door = {
  permission: Permission
  call: (actor: PersonActor, world: WholeWorkspace) => Result<unknown> | Promise<Result<unknown>>
  /**
   * The result for people of another workspace: an error, or a result with data of their own workspace only.
   */
  foreign?: string | 'own answer'
  /** The error that its own administrator may get here, if the rest of the example does not fit. */
  own?: string
  /** Set for a result that contains no name, whose absence elsewhere would prove nothing. */
  nameless?: true
}

const aDocument = (kind: 'connector' | 'authentication_method') => ({
  patchbay: 1,
  kind,
  name: 'From a document',
  ...(kind === 'authentication_method' && { type: 'basic' }),
})
async function* aFile(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{}')
}
const params = { q: '', sort: 'name', after: '' }
const byTime = { q: '', sort: '-at', after: '' }
const startAuthorisation = async (): Promise<Result<Started>> => ({
  ok: true,
  value: { redirectTo: 'https://login.acme.test', linkId: null },
})
const details = {
  name: 'Another name',
  timeZone: 'UTC',
  dateFormat: '',
  rateLimitAmount: null,
  rateLimitUnit: 'second',
  maxConcurrent: null,
} as const
const keep = { kind: 'keep' } as const
const keyFields = { name: 'New', role: 'user', limits: null, callOnly: false, expiresAt: null } as const
const nameOf = async (
  model: 'connector' | 'authenticationMethod' | 'endpoint' | 'instance' | 'flow',
  id: string,
): Promise<string> =>
  (
    await (
      systemDb()[model] as unknown as { findFirstOrThrow: (args: object) => Promise<{ name: string }> }
    ).findFirstOrThrow({ where: { id } })
  ).name
const owner = (w: WholeWorkspace) => ({
  level: 'connector' as const,
  connectorId: w.connectorId,
  ownerId: w.connectorId,
})
const position = { x: 0, y: 0 }
const completeInBrowser = completeAuthorisationWith(() => Promise.resolve(() => browserSecret))

export const doors: Record<string, Door> = {
  'lib/people/list-sessions.ts#listSessions': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => listSessions(a, {}),
  },
  'lib/setup/get-first-steps.ts#getFirstSteps': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getFirstSteps(a, {}),
  },
  'lib/setup/dismiss-first-steps.ts#dismissFirstSteps': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => dismissFirstSteps(a, {}),
  },
  'lib/people/end-session.ts#endSession': {
    permission: 'see',
    call: (a, w) => endSession(a, { sessionId: w.administrator.sessionId }),
  },
  'lib/people/list-people.ts#listPeople': {
    permission: 'administer',
    foreign: 'own answer',
    call: (a) => listPeople(a, params),
  },
  'lib/people/list-invitations.ts#listInvitations': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => listInvitations(a, {}),
  },
  'lib/people/preview-removal.ts#previewRemoval': {
    permission: 'administer',
    call: (a, w) => previewRemoval(a, { userId: w.memberId }),
  },
  'lib/people/change-role.ts#changeRole': {
    permission: 'administer',
    call: (a, w) => changeRole(a, { userId: w.memberId, role: 'manager' }),
  },
  'lib/people/create-reset-link.ts#createResetLink': {
    permission: 'administer',
    call: (a, w) => createResetLink(a, { userId: w.memberId }),
  },
  'lib/people/remove-person.ts#removePerson': {
    permission: 'administer',
    call: (a, w) => removePerson(a, { userId: w.memberId }),
  },
  'lib/people/invite-person.ts#invitePerson': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => invitePerson(a, { email: 'someone@example.com', role: 'user' }),
  },
  'lib/people/get-invitation.ts#getInvitation': {
    permission: 'administer',
    nameless: true,
    call: (a, w) => getInvitation(a, { invitationId: w.invitationId }),
  },
  'lib/people/renew-invitation.ts#renewInvitation': {
    permission: 'administer',
    nameless: true,
    call: (a, w) => renewInvitation(a, { invitationId: w.invitationId }),
  },
  'lib/people/withdraw-invitation.ts#withdrawInvitation': {
    permission: 'administer',
    call: (a, w) => withdrawInvitation(a, { invitationId: w.invitationId }),
  },
  'lib/people/get-profile.ts#getProfile': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => getProfile(a, {}),
  },
  'lib/people/save-profile.ts#saveProfile': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => saveProfile(a, { name: a.label, timeZone: '' }),
  },
  'lib/people/change-password.ts#changePassword': {
    permission: 'see',
    foreign: 'invalid_input',
    own: 'invalid_input',
    call: (a) => changePassword(a, { currentPassword: 'not this one', newPassword: 'a new long passphrase' }),
  },
  'lib/people/list-own-workspaces.ts#listOwnWorkspaces': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => listOwnWorkspaces(a, {}),
  },
  'lib/people/switch-workspace.ts#switchWorkspace': {
    permission: 'see',
    call: (a, w) => switchWorkspace(a, { workspaceId: w.workspaceId }),
  },
  'lib/people/end-other-sessions.ts#endOtherSessions': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => endOtherSessions(a, {}),
  },
  'lib/activity/get-filter-names.ts#getFilterNames': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => getFilterNames(a, { connector: w.connectorId, instance: w.instanceId, endpoint: w.endpointId }),
  },
  'lib/activity/list-filter-choices.ts#listFilterChoices': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listFilterChoices(a, { kind: 'instance', search: '', connectorId: w.connectorId }),
  },
  'lib/activity/list-changes.ts#listChanges': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listChanges(a, { ...byTime }),
  },
  'lib/activity/get-connector-history.ts#getConnectorHistory': {
    permission: 'see',
    call: (a, w) => getConnectorHistory(a, { connectorId: w.connectorId }),
  },
  'lib/activity/explain-instance.ts#explainInstance': {
    permission: 'see',
    call: (a, w) => explainInstance(a, { instanceId: w.instanceId }),
  },
  'lib/activity/timeline/list-timeline.ts#listTimeline': {
    permission: 'see',
    call: (a, w) => listTimeline(a, { instanceId: w.instanceId }),
  },
  'lib/api-keys/create-api-key.ts#createApiKey': {
    permission: 'administer',
    call: (a, w) => createApiKey(a, { ...keyFields, limits: { connectorIds: [w.connectorId], instanceIds: [] } }),
  },
  'lib/api-keys/list-api-keys.ts#listApiKeys': {
    permission: 'administer',
    foreign: 'own answer',
    call: (a) => listApiKeys(a, {}),
  },
  'lib/api-keys/get-api-key.ts#getApiKey': {
    permission: 'administer',
    call: (a, w) => getApiKey(a, { keyId: w.keyId }),
  },
  'lib/api-keys/save-api-key.ts#saveApiKey': {
    permission: 'administer',
    call: (a, w) => saveApiKey(a, { ...keyFields, keyId: w.keyId, revision: 1, name: 'New' }),
  },
  'lib/api-keys/revoke-api-key.ts#revokeApiKey': {
    permission: 'administer',
    call: (a, w) => revokeApiKey(a, { keyId: w.keyId }),
  },
  'lib/authentication-methods/create-method.ts#createMethod': {
    permission: 'change',
    call: (a, w) =>
      createMethod(a, {
        connectorId: w.connectorId,
        name: 'New',
        type: 'basic',
        timeoutSeconds: 30,
        documentationUrl: '',
      }),
  },
  'lib/authentication-methods/discover-server.ts#discoverServer': {
    permission: 'change',
    own: 'invalid_url',
    foreign: 'invalid_url',
    call: (a) => discoverServer(a, { issuer: 'ftp://login.acme.test' }),
  },
  'lib/authentication-methods/get-method-endpoints.ts#getMethodEndpoints': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => getMethodEndpoints(a, { connectorId: w.connectorId }),
  },
  'lib/authentication-methods/delete-method.ts#deleteMethod': {
    permission: 'change',
    call: async (a, w) =>
      deleteMethod(a, {
        methodId: w.unusedMethod.id,
        typedName: await nameOf('authenticationMethod', w.unusedMethod.id),
      }),
  },
  'lib/authentication-methods/set-method-value.ts#setMethodValue': {
    permission: 'change',
    call: (a, w) =>
      setMethodValue(a, { methodId: w.method.id, revision: 1, variableId: w.method.variables.password!, value: 'x' }),
  },
  'lib/authentication-methods/get-method.ts#getMethod': {
    permission: 'see',
    call: (a, w) => getMethod(a, { connectorId: w.connectorId, methodId: w.method.id }),
  },
  'lib/authentication-methods/get-method-setup.ts#getMethodSetup': {
    permission: 'see',
    call: (a, w) => getMethodSetup(a, { connectorId: w.connectorId, methodId: w.method.id }),
  },
  'lib/authentication-methods/list-methods.ts#listMethods': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listMethods(a, { connectorId: w.connectorId }),
  },
  'lib/authentication-methods/save-method.ts#saveMethod': {
    permission: 'change',
    call: (a, w) =>
      saveMethod(a, {
        methodId: w.method.id,
        revision: 1,
        name: 'New',
        timeoutSeconds: 30,
        documentationUrl: '',
        options: {},
        phases: [],
        parameters: [],
      }),
  },
  'lib/flows/get-shape-settings.ts#getShapeSettings': {
    permission: 'see',
    call: (a, w) =>
      getShapeSettings(a, {
        flowId: w.flowId,
        shapeId: w.shapeId,
        choice: { instanceId: w.instanceId, endpointId: w.endpointId },
      }),
  },
  'lib/flows/list-instance-options.ts#listInstanceOptions': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listInstanceOptions(a, { search: '' }),
  },
  'lib/enablement/find-callable-instance.ts#findCallableInstance': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => findCallableInstance(a, {}),
  },
  'lib/flows/run-shape.ts#runShape': {
    permission: 'run',
    call: (a, w) => runShape(a, { flowId: w.flowId, shapeId: w.shapeId }),
  },
  'lib/flows/save-shape.ts#saveShape': {
    permission: 'change',
    call: (a, w) =>
      saveShape(a, {
        flowId: w.flowId,
        revision: 1,
        shapeId: w.shapeId,
        name: 'x',
        instanceId: w.instanceId,
        endpointId: w.endpointId,
        timeoutSeconds: null,
        values: [],
        filters: [{ parameterId: w.filterId, value: 'x' }],
      }),
  },
  'lib/trials/call-with-report.ts#callWithReport': {
    permission: 'run',
    call: (a, w) =>
      callWithReport(a, { instanceId: w.instanceId, endpointId: w.endpointId, values: {}, filters: { status: 'x' } }),
  },
  'lib/trials/describe-endpoint.ts#describeEndpoint': {
    permission: 'see',
    call: (a, w) => describeEndpoint(a, { instanceId: w.instanceId, endpointId: w.endpointId }),
  },
  'lib/trials/get-trial-endpoint.ts#getTrialEndpoint': {
    permission: 'see',
    call: (a, w) => getTrialEndpoint(a, { endpointId: w.endpointId }),
  },
  'lib/trials/list-trial-instances.ts#listTrialInstances': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listTrialInstances(a, { subject: { kind: 'endpoint', endpointId: w.endpointId }, search: '' }),
  },
  'lib/trials/list-trial-methods.ts#listTrialMethods': {
    permission: 'change',
    foreign: 'own answer',
    call: (a, w) => listTrialMethods(a, { subject: { kind: 'method', methodId: w.method.id } }),
  },
  'lib/trials/try-with-instance.ts#tryWithInstance': {
    permission: 'run',
    call: (a, w) =>
      tryWithInstance(a, {
        instanceId: w.instanceId,
        request: { kind: 'endpoint', endpointId: w.endpointId, values: {}, filters: { [w.filterId]: 'x' } },
      }),
  },
  'lib/trials/try-with-typed-values.ts#tryWithTypedValues': {
    permission: 'change',
    call: (a, w) =>
      tryWithTypedValues(a, {
        methodId: w.method.id,
        credentials: { [w.method.variables.username!]: 'x', [w.method.variables.password!]: 'x' },
        request: { kind: 'endpoint', endpointId: w.endpointId, values: {}, filters: { [w.filterId]: 'x' } },
      }),
  },
  'lib/imports/preview-connector-document.ts#previewConnectorDocument': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => previewConnectorDocument(a, { document: JSON.stringify(aDocument('connector')), name: '' }),
  },
  'lib/imports/apply/apply-connector-document.ts#applyConnectorDocument': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => applyConnectorDocument(a, { document: JSON.stringify(aDocument('connector')) }),
  },
  'lib/imports/apply/compare-connector-document.ts#compareConnectorDocument': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => compareConnectorDocument(a, { document: JSON.stringify(aDocument('connector')) }),
  },
  'lib/endpoints/get-endpoint-schemas.ts#getEndpointSchemas': {
    permission: 'see',
    nameless: true,
    call: (a, w) => getEndpointSchemas(a, { connectorId: w.connectorId, endpointId: w.endpointId }),
  },
  'lib/imports/get-connector-document.ts#getConnectorDocument': {
    permission: 'see',
    call: (a, w) => getConnectorDocument(a, { connectorId: w.connectorId }),
  },
  'lib/imports/get-connector-import.ts#getConnectorImport': {
    permission: 'see',
    call: (a, w) => getConnectorImport(a, { connectorId: w.connectorId }),
  },
  'lib/imports/list-import-lines.ts#listImportLines': {
    permission: 'see',
    call: (a, w) => listImportLines(a, { connectorId: w.connectorId }),
  },
  'lib/imports/import-connector.ts#importConnector': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => importConnector(a, { document: JSON.stringify(aDocument('connector')), name: 'Imported' }),
  },
  'lib/imports/read-curl-command.ts#readCurlCommand': {
    permission: 'change',
    call: (a, w) => readCurlCommand(a, { command: 'curl https://curl.acme.test/orders', connectorId: w.connectorId }),
  },
  'lib/instances/import-curl-command.ts#importCurlCommand': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => importCurlCommand(a, { command: 'curl https://curl.acme.test/orders', name: 'From curl' }),
  },
  'lib/imports/start-import.ts#startImport': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => startImport(a, { text: '{}' }),
  },
  'lib/imports/receive-upload.ts#receiveUpload': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => receiveUpload(a, { fileName: 'openapi.json', updates: null }, aFile()),
  },
  'lib/imports/begin-import-upload.ts#beginImportUpload': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => beginImportUpload(a, { fileName: 'openapi.json' }),
  },
  'lib/imports/store-import-chunk.ts#storeImportChunk': {
    permission: 'change',
    call: (a, w) => storeImportChunk(a, { importId: w.uploadId, position: 0, bytes: 'e30=' }),
  },
  'lib/imports/finish-import-upload.ts#finishImportUpload': {
    permission: 'change',
    call: (a, w) => finishImportUpload(a, { importId: w.uploadId }),
  },
  'lib/imports/apply/apply-import.ts#applyImport': {
    permission: 'change',
    call: (a, w) => applyImport(a, { importId: w.comparedId }),
  },
  'lib/imports/list-imports.ts#listImports': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listImports(a, {}),
  },
  'lib/imports/get-import.ts#getImport': {
    permission: 'see',
    call: (a, w) => getImport(a, { importId: w.importId }),
  },
  'lib/imports/get-import-progress.ts#getImportProgress': {
    permission: 'see',
    call: (a, w) => getImportProgress(a, { importId: w.importId }),
  },
  'lib/imports/list-import-items.ts#listImportItems': {
    permission: 'see',
    call: (a, w) => listImportItems(a, { importId: w.importId }),
  },
  'lib/imports/list-import-tags.ts#listImportTags': {
    permission: 'see',
    call: (a, w) => listImportTags(a, { importId: w.importId }),
  },
  'lib/imports/list-import-report.ts#listImportReport': {
    permission: 'see',
    call: (a, w) => listImportReport(a, { importId: w.importId }),
  },
  'lib/imports/choose-import-items.ts#chooseImportItems': {
    permission: 'change',
    call: (a, w) => chooseImportItems(a, { importId: w.importId, chosen: false }),
  },
  'lib/imports/update/get-import-item.ts#getImportItem': {
    permission: 'see',
    call: (a, w) => getImportItem(a, { importId: w.importId, itemId: w.itemId }),
  },
  'lib/imports/update/update-from-preset.ts#updateFromPreset': {
    permission: 'change',
    call: (a, w) => updateFromPreset(a, { connectorId: w.connectorId }),
  },
  'lib/imports/rename-import-item.ts#renameImportItem': {
    permission: 'change',
    call: (a, w) => renameImportItem(a, { importId: w.importId, itemId: w.itemId, name: 'Another name' }),
  },
  'lib/imports/name-import.ts#nameImport': {
    permission: 'change',
    call: (a, w) => nameImport(a, { importId: w.importId, name: 'Another name' }),
  },
  'lib/imports/confirm-import.ts#confirmImport': {
    permission: 'change',
    call: (a, w) => confirmImport(a, { importId: w.importId }),
  },
  'lib/imports/write-import.ts#writeImport': {
    permission: 'change',
    call: (a, w) => writeImport(a, { importId: w.importId }),
  },
  'lib/imports/cancel-import.ts#cancelImport': {
    permission: 'change',
    call: (a, w) => cancelImport(a, { importId: w.importId }),
  },
  'lib/imports/duplicate-connector.ts#duplicateConnector': {
    permission: 'change',
    call: (a, w) => duplicateConnector(a, { connectorId: w.connectorId, versionLabel: 'copy' }),
  },
  'lib/imports/import-method.ts#importMethod': {
    permission: 'change',
    call: (a, w) =>
      importMethod(a, {
        connectorId: w.connectorId,
        document: JSON.stringify(aDocument('authentication_method')),
        name: '',
      }),
  },
  'lib/imports/replace-method.ts#replaceMethod': {
    permission: 'change',
    call: (a, w) =>
      replaceMethod(a, {
        connectorId: w.connectorId,
        methodId: w.method.id,
        revision: 1,
        document: JSON.stringify(aDocument('authentication_method')),
        confirmed: false,
      }),
  },
  'lib/imports/get-method-document.ts#getMethodDocument': {
    permission: 'see',
    call: (a, w) => getMethodDocument(a, { methodId: w.method.id }),
  },
  'lib/imports/preview-method-document.ts#previewMethodDocument': {
    permission: 'change',
    call: (a, w) =>
      previewMethodDocument(a, {
        connectorId: w.connectorId,
        document: JSON.stringify(aDocument('authentication_method')),
      }),
  },
  'lib/connectors/list-connectors.ts#listConnectors': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listConnectors(a, { ...params, status: null, systemType: null, connectorId: w.connectorId }),
  },
  'lib/connectors/list-connector-instances.ts#listConnectorInstances': {
    permission: 'see',
    call: (a, w) => listConnectorInstances(a, { connectorId: w.connectorId }),
  },
  'lib/connectors/create-connector.ts#createConnector': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => createConnector(a, connectorDetails({ name: 'New' })),
  },
  'lib/connectors/delete-connector.ts#deleteConnector': {
    permission: 'change',
    own: 'in_use',
    call: async (a, w) =>
      deleteConnector(a, { connectorId: w.connectorId, typedName: await nameOf('connector', w.connectorId) }),
  },
  'lib/connectors/update-connector.ts#updateConnector': {
    permission: 'change',
    call: (a, w) =>
      updateConnector(a, { ...connectorDetails({ name: 'New' }), connectorId: w.connectorId, revision: 1 }),
  },
  'lib/connectors/get-authorised-instance.ts#getAuthorisedInstance': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => getAuthorisedInstance(a, { instanceId: w.instanceId }),
  },
  'lib/connectors/get-connector.ts#getConnector': {
    permission: 'see',
    call: (a, w) => getConnector(a, { connectorId: w.connectorId }),
  },
  'lib/connectors/get-connector-icon.ts#getConnectorIcon': {
    permission: 'see',
    call: (a, w) => getConnectorIcon(a, { connectorId: w.connectorId }),
  },
  'lib/connector-parameters/get-connector-parameters.ts#getConnectorParameters': {
    permission: 'see',
    call: (a, w) => getConnectorParameters(a, { connectorId: w.connectorId }),
  },
  'lib/connector-parameters/save-connector-parameters.ts#saveConnectorParameters': {
    permission: 'change',
    call: (a, w) =>
      saveConnectorParameters(a, {
        connectorId: w.connectorId,
        revision: 1,
        parameters: [{ id: null, place: 'header', key: 'X-Api-Version', value: '2' }],
      }),
  },
  'lib/enablement/apply-matrix.ts#applyMatrix': {
    permission: 'change',
    call: (a, w) =>
      applyMatrix(a, {
        connectorId: w.connectorId,
        changes: [{ methodId: w.method.id, enable: [w.spareEndpointId], disable: [] }],
      }),
  },
  'lib/enablement/set-enablement.ts#setEnablement': {
    permission: 'change',
    call: (a, w) => setEnablement(a, { endpointId: w.spareEndpointId, methodId: w.method.id, enabled: true }),
  },
  'lib/enablement/get-matrix.ts#getMatrix': {
    permission: 'see',
    call: (a, w) => getMatrix(a, { connectorId: w.connectorId }),
  },
  'lib/enablement/list-method-switches.ts#listMethodSwitches': {
    permission: 'see',
    call: (a, w) => listMethodSwitches(a, { endpointId: w.endpointId }),
  },
  'lib/enablement/list-offered-endpoints.ts#listOfferedEndpoints': {
    permission: 'see',
    call: (a, w) => listOfferedEndpoints(a, { instanceId: w.instanceId }),
  },
  'lib/enablement/plan-matrix.ts#planMatrix': {
    permission: 'see',
    call: (a, w) =>
      planMatrix(a, {
        connectorId: w.connectorId,
        changes: [{ methodId: w.method.id, enable: [], disable: [w.endpointId] }],
      }),
  },
  'lib/endpoints/clone-endpoint.ts#cloneEndpoint': {
    permission: 'change',
    call: (a, w) => cloneEndpoint(a, { endpointId: w.endpointId, name: 'Copy' }),
  },
  'lib/endpoints/create-endpoint.ts#createEndpoint': {
    permission: 'change',
    call: (a, w) =>
      createEndpoint(a, {
        connectorId: w.connectorId,
        name: 'New',
        entityType: '',
        direction: 'receive',
        httpMethod: 'GET',
        url: '/x',
      }),
  },
  'lib/endpoints/create-endpoints.ts#createEndpoints': {
    permission: 'change',
    call: (a, w) =>
      createEndpoints(a, {
        connectorId: w.connectorId,
        entityType: '',
        methodIds: [w.method.id],
        endpoints: [{ name: 'New', direction: 'receive', httpMethod: 'GET', url: '/x/{{ id }}', variables: ['id'] }],
      }),
  },
  'lib/endpoints/delete-endpoint.ts#deleteEndpoint': {
    permission: 'change',
    call: async (a, w) =>
      deleteEndpoint(a, { endpointId: w.spareEndpointId, typedName: await nameOf('endpoint', w.spareEndpointId) }),
  },
  'lib/endpoints/get-endpoint.ts#getEndpoint': {
    permission: 'see',
    call: (a, w) => getEndpoint(a, { connectorId: w.connectorId, endpointId: w.endpointId }),
  },
  'lib/endpoints/list-endpoints.ts#listEndpoints': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listEndpoints(a, { connectorId: w.connectorId, ...params, sort: 'group', entityType: null }),
  },
  'lib/endpoints/list-entity-types.ts#listEntityTypes': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a, w) => listEntityTypes(a, { connectorId: w.connectorId }),
  },
  'lib/endpoints/save-endpoint.ts#saveEndpoint': {
    permission: 'change',
    call: (a, w) =>
      saveEndpoint(a, {
        ...endpointDefaults,
        ...{ endpointId: w.endpointId, revision: 1, name: 'New', httpMethod: 'GET', url: '/x' },
        ...{ parameters: [], confirmed: true },
      }),
  },
  'lib/flows/add-shape.ts#addShape': {
    permission: 'change',
    call: (a, w) => addShape(a, { flowId: w.flowId, revision: 1, name: 'New', ...position }),
  },
  'lib/flows/create-flow.ts#createFlow': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => createFlow(a, { name: 'New', description: '' }),
  },
  'lib/flows/delete-flow.ts#deleteFlow': {
    permission: 'change',
    call: async (a, w) => deleteFlow(a, { flowId: w.spareFlowId, typedName: await nameOf('flow', w.spareFlowId) }),
  },
  'lib/flows/move-shape.ts#moveShape': {
    permission: 'change',
    call: (a, w) => moveShape(a, { flowId: w.flowId, shapeId: w.shapeId, x: 5, y: 5 }),
  },
  'lib/flows/remove-shape.ts#removeShape': {
    permission: 'change',
    call: (a, w) => removeShape(a, { flowId: w.flowId, revision: 1, shapeId: w.shapeId }),
  },
  'lib/flows/reorder-shape.ts#reorderShape': {
    permission: 'change',
    call: (a, w) => reorderShape(a, { flowId: w.flowId, revision: 1, shapeId: w.shapeId, parentId: null }),
  },
  'lib/flows/update-flow.ts#updateFlow': {
    permission: 'change',
    call: (a, w) => updateFlow(a, { flowId: w.flowId, revision: 1, name: 'New', description: '' }),
  },
  'lib/flows/get-flow.ts#getFlow': { permission: 'see', call: (a, w) => getFlow(a, { flowId: w.flowId }) },
  'lib/flows/list-flows.ts#listFlows': { permission: 'see', foreign: 'own answer', call: (a) => listFlows(a, params) },
  'lib/settings/get-outbound-policy.ts#getOutboundPolicy': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getOutboundPolicy(a, {}),
  },
  'lib/settings/get-installation.ts#getInstallation': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getInstallation(a, {}),
  },
  'lib/settings/get-workspace-settings.ts#getWorkspaceSettings': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getWorkspaceSettings(a, {}),
  },
  'lib/settings/get-mail-settings.ts#getMailSettings': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getMailSettings(a, {}),
  },
  'lib/settings/list-workers.ts#listWorkers': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => listWorkers(a, {}),
  },
  // Without a mail server, the answer names the missing variables.
  'lib/settings/send-test-mail.ts#sendTestMail': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => sendTestMail(a, {}),
  },
  'lib/settings/save-return-addresses.ts#saveReturnAddresses': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    // The other workspace has no such row yet.
    call: (a, w) =>
      saveReturnAddresses(a, {
        revision: a.workspaceId === w.workspaceId ? 2 : 1,
        addresses: ['https://app.example.com/done'],
      }),
  },
  'lib/settings/save-retention.ts#saveRetention': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => saveRetention(a, { revision: 1, requestDays: 30, bodyHours: 72 }),
  },
  'lib/instances/create-instance.ts#createInstance': {
    permission: 'change',
    call: (a, w) =>
      createInstanceWith(startAuthorisation)(a, {
        connectorId: w.connectorId,
        methodId: w.method.id,
        details: { ...details },
        values: { [w.method.variables.username!]: 'x', [w.method.variables.password!]: 'y' },
        certificate: keep,
        withoutVerifying: false,
      }),
  },
  'lib/instances/delete-instance.ts#deleteInstance': {
    permission: 'change',
    call: async (a, w) =>
      deleteInstance(a, { instanceId: w.spareInstanceId, typedName: await nameOf('instance', w.spareInstanceId) }),
  },
  'lib/instances/disable-instance.ts#disableInstance': {
    permission: 'change',
    call: (a, w) => disableInstance(a, { instanceId: w.spareInstanceId, confirmed: true }),
  },
  'lib/instances/enable-instance.ts#enableInstance': {
    permission: 'change',
    call: (a, w) => enableInstance(a, { instanceId: w.spareInstanceId }),
  },
  'lib/connectors/disable-connector.ts#disableConnector': {
    permission: 'change',
    own: 'confirmation_needed',
    call: (a, w) => disableConnector(a, { connectorId: w.connectorId, confirmed: false }),
  },
  'lib/connectors/enable-connector.ts#enableConnector': {
    permission: 'change',
    call: (a, w) => enableConnector(a, { connectorId: w.connectorId }),
  },
  'lib/instances/preview-revocation.ts#previewRevocation': {
    permission: 'administer',
    call: (a, w) => previewRevocation(a, { connectorId: w.connectorId }),
  },
  'lib/instances/revoke-connector-tokens.ts#revokeConnectorTokens': {
    permission: 'administer',
    call: (a, w) => revokeConnectorTokens(a, { connectorId: w.connectorId, after: '' }),
  },
  'lib/flows/list-replacements.ts#listReplacements': {
    permission: 'see',
    call: (a, w) => listReplacements(a, { instanceId: w.instanceId, search: '' }),
  },
  'lib/flows/preview-replacement.ts#previewReplacement': {
    permission: 'change',
    call: (a, w) => previewReplacement(a, { instanceId: w.instanceId, newInstanceId: w.spareInstanceId }),
  },
  'lib/flows/replace-instance.ts#replaceInstance': {
    permission: 'change',
    own: 'changed_by_someone_else',
    call: (a, w) =>
      replaceInstance(a, {
        ...{ instanceId: w.instanceId, newInstanceId: w.spareInstanceId },
        flows: [{ flowId: w.flowId, revision: 99, losing: [] }],
      }),
  },
  'lib/instances/discard-instance.ts#discardInstance': {
    permission: 'change',
    call: (a, w) => discardInstance(a, { instanceId: w.unauthorisedId }),
  },
  'lib/connectors/count-failing-instances.ts#countFailingInstances': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => countFailingInstances(a, {}),
  },
  'lib/instances/check-instance-name.ts#checkInstanceName': {
    permission: 'change',
    call: (a, w) => checkInstanceName(a, { connectorId: w.connectorId, name: 'A free name' }),
  },
  'lib/instances/get-new-instance.ts#getNewInstance': {
    permission: 'change',
    call: (a, w) => getNewInstance(a, { connectorId: w.connectorId }),
  },
  'lib/instances/list-connector-choices.ts#listConnectorChoices': {
    permission: 'change',
    foreign: 'own answer',
    call: (a) => listConnectorChoices(a, params),
  },
  'lib/instances/list-instances.ts#listInstances': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listInstances(a, {}),
  },
  'lib/instances/get-instance.ts#getInstance': {
    permission: 'see',
    call: (a, w) => getInstance(a, { instanceId: w.instanceId }),
  },
  'lib/instances/save-instance.ts#saveInstance': {
    permission: 'change',
    call: (a, w) =>
      saveInstanceWith(startAuthorisation)(a, {
        instanceId: w.instanceId,
        revision: 1,
        details: { ...details },
        values: { [w.method.variables.password!]: 'y' },
        certificate: keep,
        intent: 'save',
      }),
  },
  'lib/instances/test-instance.ts#testInstance': {
    permission: 'change',
    call: (a, w) => testInstance(a, { instanceId: w.instanceId, values: {}, certificate: keep }),
  },
  'lib/authorisations/complete-authorisation.ts#completeAuthorisation': {
    permission: 'change',
    foreign: 'state_foreign',
    own: 'token_refused',
    call: async (a, w) => {
      const started = await w.begin(w.administrator)
      const state = started.ok ? new URL(started.value.redirectTo).searchParams.get('state')! : ''
      return completeInBrowser(a, { query: new URLSearchParams({ code: 'code', state }).toString() })
    },
  },
  'lib/authorisations/discard-pending.ts#discardPending': {
    permission: 'change',
    call: (a, w) => discardPending(a, { instanceId: w.unauthorisedId }),
  },
  'lib/authorisations/retry-authorisation.ts#retryAuthorisation': {
    permission: 'change',
    // Nothing is pending in this example.
    own: 'state_expired',
    call: (a, w) => retryAuthorisation(a, { instanceId: w.unauthorisedId }),
  },
  'lib/authorisations/links/create-authorisation-link.ts#createAuthorisationLink': {
    permission: 'change',
    call: (a, w) => createAuthorisationLink(a, { instanceId: w.unauthorisedId }),
  },
  'lib/authorisations/links/get-authorisation-link.ts#getAuthorisationLink': {
    permission: 'see',
    call: (a, w) => getAuthorisationLink(a, { instanceId: w.unauthorisedId, linkId: w.link.id }),
  },
  'lib/authorisations/links/find-authorisation-link.ts#findAuthorisationLink': {
    permission: 'change',
    foreign: 'link_unknown',
    call: (a, w) => findAuthorisationLink(a, { token: w.link.token }),
  },
  'lib/authorisations/links/continue-authorisation-link.ts#continueAuthorisationLink': {
    permission: 'change',
    foreign: 'link_unknown',
    call: (a, w) => continueAuthorisationLinkWith(startAuthorisation)(a, { token: w.link.token }),
  },
  'lib/authorisations/links/cancel-authorisation-link.ts#cancelAuthorisationLink': {
    permission: 'change',
    foreign: 'link_unknown',
    call: (a, w) => cancelAuthorisationLink(a, { token: w.link.token }),
  },
  'lib/connectors/origins/confirm-origin.ts#confirmOrigin': {
    permission: 'administer',
    call: (a, w) => confirmOrigin(a, { connectorId: w.connectorId, origin: 'https://new.acme.test' }),
  },
  'lib/connectors/origins/list-pending-origins.ts#listPendingOrigins': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a, w) => listPendingOrigins(a, { connectorId: w.connectorId }),
  },
  'lib/imports/add-preset-method.ts#addPresetMethod': {
    permission: 'change',
    call: (a, w) =>
      addPresetMethod(a, { connectorId: w.connectorId, preset: 'stripe', method: 'Secret key', name: '' }),
  },
  'lib/imports/install-preset.ts#installPreset': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => installPreset(a, { preset: 'stripe', name: '' }),
  },
  'lib/imports/list-presets.ts#listPresets': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => listPresets(a, {}),
  },
  'lib/request-log/get-request.ts#getRequest': {
    permission: 'see',
    call: (a, w) => getRequest(a, { id: w.request.id, at: w.request.at }),
  },
  'lib/request-log/get-request-bodies.ts#getRequestBodies': {
    permission: 'see',
    call: (a, w) => getRequestBodies(a, { id: w.request.id, at: w.request.at }),
  },
  'lib/request-log/count-new-requests.ts#countNewRequests': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a, w) => countNewRequests(a, { instanceId: w.instanceId, since: '2026-01-01T00:00:00Z' }),
  },
  'lib/request-log/list-request-groups.ts#listRequestGroups': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listRequestGroups(a, { instanceId: w.instanceId, ...byTime }),
  },
  'lib/request-log/list-requests.ts#listRequests': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listRequests(a, { instanceId: w.instanceId, ...byTime }),
  },
  'lib/request-log/list-latest-failures.ts#listLatestFailures': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a, w) => listLatestFailures(a, { connectorId: w.connectorId }),
  },
  'lib/calls/call-endpoint.ts#callEndpoint': {
    permission: 'run',
    call: (a, w) =>
      sendEndpointRequest(a, { instanceId: w.instanceId, endpointId: w.endpointId, values: {}, filters: {} }),
  },
  'lib/verification/check-instance.ts#checkInstance': {
    permission: 'run',
    call: (a, w) => checkInstance(a, { instanceId: w.instanceId }),
  },
  'lib/sandbox/install-sandbox-connector.ts#installSandboxConnector': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => installSandboxConnector(a, {}),
  },
  'lib/sandbox/get-sandbox-offer.ts#getSandboxOffer': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getSandboxOffer(a, {}),
  },
  'lib/sandbox/try-sandbox.ts#trySandbox': {
    permission: 'change',
    // These tests were not started by a launcher that could start it.
    own: 'sandbox_unavailable',
    foreign: 'sandbox_unavailable',
    call: (a) => trySandbox(a, {}),
  },
  'lib/search/list-found.ts#listFound': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listFound(a, { text: marker }),
  },
  'lib/variables/create-variables.ts#createVariables': {
    permission: 'change',
    call: (a, w) => createVariables(a, { owner: owner(w), revision: 1, variables: [{ key: 'new_one' }] }),
  },
  'lib/variables/create-variable.ts#createVariable': {
    permission: 'change',
    call: (a, w) =>
      createVariable(a, { owner: owner(w), revision: 1, variable: aVariableInput({ key: 'new' }), confirmed: true }),
  },
  'lib/variables/delete-variable.ts#deleteVariable': {
    permission: 'change',
    call: (a, w) => deleteVariable(a, { owner: owner(w), revision: 1, variableId: w.variableId, confirmed: true }),
  },
  'lib/variables/reorder-variables.ts#reorderVariables': {
    permission: 'change',
    call: (a, w) => reorderVariables(a, { owner: owner(w), revision: 1, order: [w.variableId] }),
  },
  'lib/variables/update-variable.ts#updateVariable': {
    permission: 'change',
    call: (a, w) =>
      updateVariable(a, {
        owner: owner(w),
        revision: 1,
        variableId: w.variableId,
        variable: aVariableInput(),
        confirmed: true,
      }),
  },
  'lib/variables/list-connector-variable-uses.ts#listConnectorVariableUses': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listConnectorVariableUses(a, { connectorId: w.connectorId, methodId: w.method.id }),
  },
  'lib/variables/list-removal-questions.ts#listRemovalQuestions': {
    permission: 'change',
    call: (a, w) => listRemovalQuestions(a, { owner: owner(w), variableId: w.variableId }),
  },
  'lib/variables/get-variable.ts#getVariable': {
    permission: 'see',
    call: (a, w) => getVariable(a, { owner: owner(w), variableId: w.variableId }),
  },
  'lib/variables/list-variables.ts#listVariables': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listVariables(a, owner(w)),
  },
  'lib/variables/save-variable-use.ts#saveVariableUse': {
    permission: 'change',
    call: (a, w) =>
      saveVariableUse(a, {
        connectorId: w.connectorId,
        methodId: w.method.id,
        revision: 1,
        variableId: w.variableId,
        use: { required: false, configurable: true, advanced: false },
      }),
  },
}

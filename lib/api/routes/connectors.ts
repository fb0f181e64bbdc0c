import { listConnectors } from '@/lib/connectors/list-connectors'
import { createConnector } from '@/lib/connectors/create-connector'
import { deleteConnector } from '@/lib/connectors/delete-connector'
import { disableConnector } from '@/lib/connectors/disable-connector'
import { enableConnector } from '@/lib/connectors/enable-connector'
import { getConnector } from '@/lib/connectors/get-connector'
import { confirmOrigin } from '@/lib/connectors/origins/confirm-origin'
import { listPendingOrigins } from '@/lib/connectors/origins/list-pending-origins'
import { updateConnector } from '@/lib/connectors/update-connector'
import { getConnectorParameters } from '@/lib/connector-parameters/get-connector-parameters'
import { saveConnectorParameters } from '@/lib/connector-parameters/save-connector-parameters'
import { applyConnectorDocument } from '@/lib/imports/apply/apply-connector-document'
import { compareConnectorDocument } from '@/lib/imports/apply/compare-connector-document'
import { duplicateConnector } from '@/lib/imports/duplicate-connector'
import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import { importConnector } from '@/lib/imports/import-connector'
import { listImportLines } from '@/lib/imports/list-import-lines'
import { previewConnectorDocument } from '@/lib/imports/preview-connector-document'
import { readCurlCommand } from '@/lib/imports/read-curl-command'
import { installPreset } from '@/lib/imports/install-preset'
import { listPresets } from '@/lib/imports/list-presets'
import { importCurlCommand } from '@/lib/instances/import-curl-command'
import { previewRevocation } from '@/lib/instances/preview-revocation'
import { revokeConnectorTokens } from '@/lib/instances/revoke-connector-tokens'
import { act, change, create, list, read, remove, resource, type JsonObject } from '../route'

export const connector = resource('/connectors/{connectorId}', getConnector)
const parameters = resource('/connectors/{connectorId}/parameters', getConnectorParameters)

/** As the form for a new connector proposes them. */
const defaults = {
  ...{ versionLabel: '', description: '', baseUrl: '', dateFormat: 'YYYY-MM-DD', documentationUrl: '' },
  ...{ rateLimitAmount: null, rateLimitUnit: 'second', colour: null, allowedHosts: [] },
}

/** The view has no unit without an amount, and the colour belongs to the icon. */
function detailsOf(view: JsonObject): JsonObject {
  const { name, versionLabel, description, systemType, baseUrl, dateFormat } = view
  const { rateLimitAmount, rateLimitUnit, documentationUrl, allowedHosts, icon } = view
  return {
    ...{ name, versionLabel, description, systemType, baseUrl, dateFormat },
    ...{ rateLimitAmount, rateLimitUnit: rateLimitUnit ?? 'second', documentationUrl, allowedHosts },
    colour: (icon as JsonObject).colour,
  }
}

function sentParameters({ parameters: shown }: JsonObject): JsonObject {
  const sent = (shown as JsonObject[]).map(({ id, place, key, value }) => ({ id, place, key, value }))
  return { parameters: sent }
}

export const connectorRoutes = [
  list('/connectors', listConnectors, 'List connectors'),
  create('/connectors', createConnector, connector, 'Create a connector', { defaults }),
  create(
    '/connectors/import',
    importConnector,
    connector,
    'Create a connector from an OpenAPI document, a Postman collection or a connection document',
  ),
  act('/connectors/import/preview', previewConnectorDocument, 'Read what importing a connector would do'),
  act('/connectors/apply', applyConnectorDocument, 'Create or change a connector by a connection document'),
  act('/connectors/compare', compareConnectorDocument, 'Read what a connection document would change'),
  list('/connectors/{connectorId}/document', getConnectorDocument, 'Read a connector as a connection document'),
  create('/connectors/curl', importCurlCommand, connector, 'Create a connector, and an instance, from a curl command'),
  act('/connectors/curl/preview', readCurlCommand, 'Read what a curl command becomes; secrets are never returned'),
  list('/connectors/{connectorId}/import', getConnectorImport, 'Read what a connector was imported from'),
  list('/connectors/{connectorId}/import/report', listImportLines, 'List what could not be imported'),
  read(connector, 'Read a connector'),
  change(connector, updateConnector, 'Change a connector', { needsRevision: true, baseOf: detailsOf }),
  remove(connector, deleteConnector, 'Delete a connector that has no instances'),
  create(
    '/connectors/{connectorId}/duplicate',
    duplicateConnector,
    connector,
    'Duplicate a connector under another version label',
  ),
  act(
    '/connectors/{connectorId}/disable',
    disableConnector,
    'Disable a connector: none of its instances sends anything',
  ),
  act('/connectors/{connectorId}/enable', enableConnector, 'Enable a connector'),
  read(parameters, 'Read the parameters that every request of a connector sends'),
  change(parameters, saveConnectorParameters, 'Replace the parameters that every request of a connector sends', {
    needsRevision: true,
    baseOf: sentParameters,
  }),
  list('/connectors/{connectorId}/origins', listPendingOrigins, 'List origins that an administrator has to confirm'),
  act(
    '/connectors/{connectorId}/origins/confirm',
    confirmOrigin,
    'Let existing instances send their credentials to an origin',
  ),
  list(
    '/connectors/{connectorId}/revocation',
    previewRevocation,
    'Read what revoking all tokens of a connector would do',
  ),
  act(
    '/connectors/{connectorId}/revocation',
    revokeConnectorTokens,
    'Revoke the tokens of the next instances of a connector',
    {
      defaults: { after: '' },
    },
  ),
  list('/presets', listPresets, 'List the ready-made connectors'),
  create('/presets/{preset}/install', installPreset, connector, 'Install a ready-made connector'),
]

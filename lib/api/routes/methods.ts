import { createMethod } from '@/lib/authentication-methods/create-method'
import { deleteMethod } from '@/lib/authentication-methods/delete-method'
import { discoverServer } from '@/lib/authentication-methods/discover-server'
import { getMethod } from '@/lib/authentication-methods/get-method'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import { methodDefaults } from '@/lib/authentication-methods/method-defaults'
import { saveMethod } from '@/lib/authentication-methods/save-method'
import { setMethodValue } from '@/lib/authentication-methods/set-method-value'
import { addPresetMethod } from '@/lib/imports/add-preset-method'
import { getMethodDocument } from '@/lib/imports/get-method-document'
import { importMethod } from '@/lib/imports/import-method'
import { previewMethodDocument } from '@/lib/imports/preview-method-document'
import { replaceMethod } from '@/lib/imports/replace-method'
import { listConnectorVariableUses } from '@/lib/variables/list-connector-variable-uses'
import { saveVariableUse } from '@/lib/variables/save-variable-use'
import { act, change, create, list, read, remove, resource } from '../route'

const methods = '/connectors/{connectorId}/methods'
const method = resource(`${methods}/{methodId}`, getMethod)

export const methodRoutes = [
  list(methods, listMethods, 'List the authentication methods of a connector'),
  create(methods, createMethod, method, 'Create an authentication method', { defaults: { ...methodDefaults } }),
  create(`${methods}/import`, importMethod, method, 'Create an authentication method from a connection document'),
  act(`${methods}/preview`, previewMethodDocument, 'Read what importing an authentication method would do'),
  create(`${methods}/presets`, addPresetMethod, method, 'Create an authentication method of a ready-made connector', {
    auditedAs: 'create_method',
  }),
  read(method, 'Read an authentication method'),
  change(method, saveMethod, 'Change an authentication method', { needsRevision: true }),
  remove(method, deleteMethod, 'Delete an authentication method that no instance uses'),
  list(`${method.path}/document`, getMethodDocument, 'Read an authentication method as a connection document'),
  act(`${method.path}/replace`, replaceMethod, 'Replace an authentication method by a connection document', {
    needsRevision: true,
    resource: method,
  }),
  act(
    `${method.path}/values/{variableId}`,
    setMethodValue,
    'Set or remove the value that all instances of a method share',
    {
      method: 'PATCH',
      needsRevision: true,
    },
  ),
  list(
    `${method.path}/connector-variables`,
    listConnectorVariableUses,
    'List the connector variables that a method uses',
  ),
  act(
    `${method.path}/connector-variables/{variableId}`,
    saveVariableUse,
    'Choose whether and how a method uses a connector variable',
    {
      method: 'PATCH',
      needsRevision: true,
    },
  ),
  act('/discover', discoverServer, 'Read the metadata of an authorisation server (RFC 8414)'),
]

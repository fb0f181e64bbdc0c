import { applyImport } from '@/lib/imports/apply/apply-import'
import { beginImportUpload } from '@/lib/imports/begin-import-upload'
import { cancelImport } from '@/lib/imports/cancel-import'
import { chooseImportItems } from '@/lib/imports/choose-import-items'
import { confirmImport } from '@/lib/imports/confirm-import'
import { finishImportUpload } from '@/lib/imports/finish-import-upload'
import { getImport } from '@/lib/imports/get-import'
import { listImportItems } from '@/lib/imports/list-import-items'
import { listImportReport } from '@/lib/imports/list-import-report'
import { listImportTags } from '@/lib/imports/list-import-tags'
import { listImports } from '@/lib/imports/list-imports'
import { nameImport } from '@/lib/imports/name-import'
import { receiveUpload } from '@/lib/imports/receive-upload'
import { renameImportItem } from '@/lib/imports/rename-import-item'
import { startImport } from '@/lib/imports/start-import'
import { storeImportChunk } from '@/lib/imports/store-import-chunk'
import { getImportItem } from '@/lib/imports/update/get-import-item'
import { updateFromPreset } from '@/lib/imports/update/update-from-preset'
import { act, list, read, remove, resource, upload, type Receive } from '../route'

/** Nothing of an import is an object that others use, so none of these has a revision or repeats by key. */
const imported = resource('/imports/{importId}', getImport)

const item = resource('/imports/{importId}/items/{itemId}', getImportItem)

/** The operation that begins an upload checks the query. */
const receiveFile = receiveUpload as Receive

export const importRoutes = [
  list('/imports', listImports, 'List imports that are not finished'),
  act('/imports', startImport, 'Begin to import a document, as text or from an address'),
  act('/connectors/{connectorId}/update', updateFromPreset, 'Begin to update a connector to its ready-made version'),
  upload('/imports/file', beginImportUpload, receiveFile, 'Import a file, which is the body', 'import_file'),
  act('/imports/upload', beginImportUpload, 'Begin to import a file that arrives in pieces'),
  read(imported, 'Read an import: how far it is, and what was chosen'),
  act('/imports/{importId}/chunks', storeImportChunk, 'Send the next piece of a file'),
  act('/imports/{importId}/finish', finishImportUpload, 'Say that a file is complete'),
  list('/imports/{importId}/items', listImportItems, 'List the methods or endpoints of a document'),
  list('/imports/{importId}/entity-types', listImportTags, 'List the entity types of a document'),
  list('/imports/{importId}/report', listImportReport, 'List what of a document cannot be imported'),
  act('/imports/{importId}/choose', chooseImportItems, 'Choose what of a document to import'),
  read(item, 'Read what an update changes in a method or an endpoint'),
  act('/imports/{importId}/name', nameImport, 'Name the connector of a document'),
  act('/imports/{importId}/items/{itemId}/name', renameImportItem, 'Name a method or an endpoint of a document'),
  act('/imports/{importId}/import', confirmImport, 'Add or update the connector with what was chosen'),
  act('/imports/{importId}/apply', applyImport, 'Apply a connection document that was compared'),
  remove(imported, cancelImport, 'Cancel an import'),
]

'use server'

import { actionOf } from '@/lib/operations/action'
import { cancelImport } from './cancel-import'
import { chooseImportItems } from './choose-import-items'
import { confirmImport } from './confirm-import'
import { nameImport } from './name-import'
import { renameImportItem } from './rename-import-item'
import { startImport } from './start-import'
import { getImportItem } from './update/get-import-item'
import { updateFromPreset } from './update/update-from-preset'

/** Redirects to the import. */
export const startImportAction = actionOf(startImport, { redirectTo: ({ id }) => `/connectors/import/${id}` })
export const updateFromPresetAction = actionOf(updateFromPreset)
/** Only reads: what is shown when a person opens an item. */
export const getImportItemAction = actionOf(getImportItem)
export const chooseImportItemsAction = actionOf(chooseImportItems, { refreshes: 'on_success' })
export const renameImportItemAction = actionOf(renameImportItem, { refreshes: 'on_success' })
export const nameImportAction = actionOf(nameImport, { refreshes: 'always' })
export const confirmImportAction = actionOf(confirmImport, { refreshes: 'always' })
export const cancelImportAction = actionOf(cancelImport)

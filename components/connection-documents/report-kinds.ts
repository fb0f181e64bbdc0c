import type { ReportLineView } from '@/lib/imports/import-views'

export const reportKindLabels: Record<ReportLineView['kind'], string> = {
  invalid: 'Invalid in the document',
  not_imported: 'Not imported',
  changed: 'Imported in another form',
  limit: 'Over a limit',
  note: 'Note',
}

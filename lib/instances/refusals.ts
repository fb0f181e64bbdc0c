import { refuse } from '@/lib/domain/result'

export const instanceNotFound = refuse(
  'not_found',
  'This instance does not exist in your workspace; it may have been deleted.',
)

export const nameTaken = (name: string) =>
  refuse('name_taken', `Another instance of this workspace is called “${name}”. Choose another name.`, 'name')

import { refuse } from '@/lib/domain/result'

export const nameTaken = (name: string) =>
  refuse('name_taken', `Another instance of this workspace is called “${name}”. Choose another name.`, 'name')

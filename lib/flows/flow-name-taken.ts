import 'server-only'
import { refuse } from '@/lib/domain/result'

export const nameTaken = (name: string) =>
  refuse('name_taken', `There is already a flow called “${name}”. Choose another name.`, 'name')

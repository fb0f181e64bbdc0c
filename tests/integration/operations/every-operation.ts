import type { z } from 'zod'
import type { Permission } from '@/lib/domain/access/roles'
import { exportedCalls, isOperation, sourceFiles } from '../security/exported-functions'

export type AnyOperation = {
  file: string
  /** As the code calls it: `saveEndpoint`. */
  exportName: string
  name: string
  permission: Permission
  input: z.ZodType
  output: z.ZodType
}

/** Every operation of lib, found in its sources, so that new operations are tested automatically. */
export async function everyOperation(): Promise<AnyOperation[]> {
  const declared = sourceFiles()
    .flatMap(exportedCalls)
    .filter(({ of }) => isOperation(of))
  return Promise.all(
    declared.map(async ({ file, name: exportName }) => {
      const exported = (await import(/* @vite-ignore */ `@/${file}`)) as Record<
        string,
        { definition: Omit<AnyOperation, 'file'> }
      >
      const { name, permission, input, output } = exported[exportName]!.definition
      return { file, exportName, name, permission, input, output }
    }),
  )
}

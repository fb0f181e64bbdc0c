import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { documentJsonSchema } from '@/lib/imports/document-schema'
import { checkout } from '@/lib/platform/server/environment'

/** `npm run schema`: writes the published JSON Schema of connection documents from the source that reads them. */
const file = join(checkout, 'public/connection-document.schema.json')
writeFileSync(file, `${JSON.stringify(documentJsonSchema(), null, 1)}\n`)
console.log(`Written: ${file}`)

import { startSandbox } from '@/tests/sandbox/sandbox'

/** The third party of `npm run bench -- hostile`, in a separate process. */

const { url } = await startSandbox()
console.log(new URL(url).port)

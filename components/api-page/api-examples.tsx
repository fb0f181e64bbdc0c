import type { ReactNode } from 'react'
import { curlExample, mcpConfiguration, typeScriptExample, type ExampleCall } from '@/components/api-page/examples'
import { CodeBlock } from '@/components/ui/code-block'

/** Three ways to use Patchbay from outside, to copy. */
export function ApiExamples({ address, api, call }: { address: string; api: string; call: ExampleCall }) {
  return (
    <>
      <Example title="curl" text="In a terminal. Put your API key into the first line.">
        <CodeBlock label="Example for curl" code={curlExample(api, call)} />
      </Example>
      <Example
        title="TypeScript"
        text="Needs no package. Set PATCHBAY_KEY in the environment, and run the file with Node.js 22.18 or newer."
      >
        <CodeBlock label="Example for TypeScript" code={typeScriptExample(api, call)} />
      </Example>
      <Example
        title="An agent (MCP)"
        text="The configuration of an MCP client. The agent finds instances and endpoints by itself, within the role and the limits of the key."
      >
        <CodeBlock label="Configuration of an MCP client" code={mcpConfiguration(address)} />
      </Example>
    </>
  )
}

function Example({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-2">
      <h3 className="font-semibold">{title}</h3>
      <p className="max-w-prose text-pretty text-muted">{text}</p>
      {children}
    </div>
  )
}

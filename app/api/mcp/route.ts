import { answerMcp } from '@/lib/mcp/answer-mcp'

/** The MCP endpoint. Its tools are in lib/mcp. */
export { answerMcp as DELETE, answerMcp as GET, answerMcp as POST }

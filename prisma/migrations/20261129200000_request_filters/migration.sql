-- Every filter of the request log reads in the order of an index.

-- CreateIndex
CREATE INDEX "RequestLog_workspaceId_status_at_id_idx" ON "RequestLog"("workspaceId", "status", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_connectorId_at_id_idx" ON "RequestLog"("connectorId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_endpointId_at_id_idx" ON "RequestLog"("endpointId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_flowId_at_id_idx" ON "RequestLog"("flowId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_correlationId_at_id_idx" ON "RequestLog"("correlationId", "at" DESC, "id" DESC);

-- DropIndex
DROP INDEX "RequestLog_correlationId_idx";

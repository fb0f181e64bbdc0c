-- CreateIndex
CREATE INDEX "RequestLog_connectorId_outcome_at_idx" ON "RequestLog"("connectorId", "outcome", "at" DESC);

-- CreateIndex
CREATE INDEX "Instance_connectorId_status_foldedName_id_idx" ON "Instance"("connectorId", "status", "foldedName", "id");

-- CreateTable
CREATE TABLE "InstanceStatusChange" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "before" "InstanceStatus" NOT NULL,
    "after" "InstanceStatus" NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "InstanceStatusChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "InstanceStatusChange_instanceId_at_id_idx" ON "InstanceStatusChange"("instanceId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "InstanceStatusChange_at_idx" ON "InstanceStatusChange"("at");

-- CreateIndex
CREATE INDEX "RequestLog_instanceId_purpose_at_idx" ON "RequestLog"("instanceId", "purpose", "at" DESC);

-- AddForeignKey
ALTER TABLE "InstanceStatusChange" ADD CONSTRAINT "InstanceStatusChange_workspaceId_instanceId_fkey" FOREIGN KEY ("workspaceId", "instanceId") REFERENCES "Instance"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand ---------------------------------------------------------------------------------------------------

-- Whoever changes the status, the change is recorded in the same statement. A successful call changes none and writes
-- nothing.
CREATE FUNCTION record_status_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "InstanceStatusChange" ("id", "workspaceId", "instanceId", "before", "after", "reason")
  VALUES (gen_random_uuid(), NEW."workspaceId", NEW."id", OLD."status", NEW."status", NEW."statusReason");
  RETURN NULL;
END $$;
CREATE TRIGGER "Instance_status_changed" AFTER UPDATE OF "status" ON "Instance"
  FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status")
  EXECUTE FUNCTION record_status_change();

-- They go with their instance, and when their time is over; nobody rewrites them.
CREATE FUNCTION refuse_status_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of an instance''s status is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "InstanceStatusChange_append_only" BEFORE UPDATE ON "InstanceStatusChange"
  FOR EACH ROW EXECUTE FUNCTION refuse_status_rewrite();
